-- Logins, applications, subscriptions and first registrations with the account they are attributed
-- to: the last coded touch within the lookback, boundary inclusive; `(none)` where there is none.
-- grain: event_id

with conversions as (
    select
        events.event_id,
        events.customer_token,
        events.occurred_at,
        events.day,
        events.event_type
    from staging.bank_events as events
    where
        events.customer_token is not null
        and events.event_type in ('login', 'card_application', 'wealth_subscription')
    union all
    select
        event_id,
        customer_token,
        became_at as occurred_at,
        day,
        'new_customer' as event_type
    from core.new_customers
),

stream as (
    select
        customer_token,
        touched_at as occurred_at,
        0 as touches_first,
        event_id as order_key,
        account_id as touched_account,
        touched_at,
        cast(null as varchar) as event_id,
        cast(null as date) as day,
        cast(null as varchar) as event_type
    from core.touches
    union all
    select
        customer_token,
        occurred_at,
        1 as touches_first,
        event_id as order_key,
        cast(null as varchar) as touched_account,
        cast(null as timestamp) as touched_at,
        event_id,
        day,
        event_type
    from conversions
),

followed as (
    select
        *,
        last_value(touched_account ignore nulls) over life as last_account,
        last_value(touched_at ignore nulls) over life as last_touched_at
    from stream
    window life as (
        partition by customer_token
        order by occurred_at, touches_first, order_key
        rows between unbounded preceding and current row
    )
)

select
    followed.event_id,
    followed.customer_token,
    followed.event_type,
    followed.occurred_at,  -- UTC
    followed.day,
    case
        when
            followed.last_touched_at
            >= followed.occurred_at - parameters.attribution_lookback_days * interval 1 day
            then followed.last_account
        else '(none)'
    end as account_id
from followed
cross join settings.parameters
where followed.event_id is not null
