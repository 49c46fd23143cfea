-- Coded touches of known customers: clicks and arrivals whose code is in the link register.
-- grain: event_id
-- per: week
-- consent: customer_token

select
    events.event_id,
    events.customer_token,
    events.occurred_at as touched_at,  -- UTC
    events.day,
    links.account_id,
    events.source_code,
    coalesce(events.product_line, links.product_line) as product_line
from staging.bank_events as events
inner join core.link_days as links
    on events.day = links.day and events.source_code = links.source_code
where
    events.customer_token is not null
    and events.event_type in ('click', 'arrival')
