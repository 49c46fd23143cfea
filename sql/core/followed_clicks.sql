-- Clicks with registered codes on cards and wealth products, and whether the customer, where
-- known, went on within the funnel window: applied for a card, or subscribed and stayed through the
-- cooling-off time.
-- grain: event_id
-- per: week
-- reach: staging.bank_events +funnel_window_days
-- consent: customer_token

select
    clicks.event_id,
    clicks.day,
    clicks.account_id,
    clicks.customer_token,
    clicks.product_line,
    clicks.product,
    max(case when followed.event_id is not null then 1 else 0 end) as went_on
from core.clicks as clicks
cross join settings.parameters
left join staging.bank_events as followed
    on
        clicks.customer_token = followed.customer_token
        and followed.occurred_at >= clicks.occurred_at
        and followed.occurred_at
        <= clicks.occurred_at + parameters.funnel_window_days * interval 1 day
        and (
            (clicks.product_line = 'card' and followed.event_type = 'card_application')
            or (
                clicks.product_line = 'wealth'
                and followed.event_type = 'wealth_subscription'
                and coalesce(followed.cooling_off, 'confirmed') = 'confirmed'
            )
        )
where clicks.product_line in ('card', 'wealth') and clicks.account_id is distinct from '(none)'
group by all
