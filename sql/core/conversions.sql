-- What a customer did that content is credited with: the first registration ever, each card
-- application, each confirmed wealth subscription.
-- grain: event_id
-- per: week
-- consent: customer_token

with conversions as (
    select
        event_id,
        'new_customer' as kind,
        customer_token,
        became_at as converted_at,
        day
    from core.new_customers
    union all
    select
        event_id,
        event_type as kind,
        customer_token,
        occurred_at as converted_at,
        day
    from core.attributed_events
    where
        event_type = 'card_application'
        or (
            event_type = 'wealth_subscription'
            and coalesce(cooling_off, 'confirmed') = 'confirmed'
        )
)

select
    event_id,
    kind,          -- new_customer, card_application, wealth_subscription
    customer_token,
    converted_at,  -- UTC
    day
from conversions
