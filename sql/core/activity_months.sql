-- The months in which a customer logged in or moved money or a card of their own accord.
-- grain: month, customer_token
-- per: month
-- consent: customer_token

select
    calendar.month,                  -- first day, Asia/Shanghai
    events.customer_token,
    max(events.day) as last_day
from staging.bank_events as events
inner join settings.calendar using (day)
where
    events.customer_token is not null
    and events.event_type in ('login', 'transaction', 'card_first_use', 'wealth_subscription')
group by all
