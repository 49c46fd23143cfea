-- Registrations, applications and subscriptions with the account they are attributed to: that of
-- the last coded touch within the lookback, boundary inclusive; `(none)` where there is none.
-- grain: event_id
-- per: week
-- reach: core.touches -attribution_lookback_days
-- consent: customer_token

with conversions as (
    select *
    from staging.bank_events
    where
        customer_token is not null
        and event_type in (
            'registered', 'account_opened', 'card_bound', 'card_application', 'wealth_subscription'
        )
),

-- Of touches at one instant the one with the greatest id counts as the last.
touches as (
    select
        customer_token,
        touched_at,
        max_by(account_id, event_id) as account_id
    from core.touches
    group by all
),

touched as (
    select
        conversions.event_id,
        max_by(touches.account_id, touches.touched_at) as account_id
    from conversions
    cross join settings.parameters
    inner join touches
        on
            conversions.customer_token = touches.customer_token
            and touches.touched_at <= conversions.occurred_at
            and touches.touched_at
            >= conversions.occurred_at - parameters.attribution_lookback_days * interval 1 day
    group by all
)

select
    conversions.event_id,
    conversions.customer_token,
    conversions.event_type,
    conversions.occurred_at,  -- UTC
    conversions.day,
    coalesce(touched.account_id, '(none)') as account_id,
    conversions.cooling_off,  -- of a subscription
    conversions.amount,
    conversions.currency
from conversions
left join touched using (event_id)
