-- How far each arrival went, in order and within the window from it (boundary inclusive):
-- new customer, first login after that, first day or month with assets after that, first confirmed
-- subscription after that. A balance counts from the end of its day.
-- grain: event_id
-- per: week
-- reach: core.new_customers +funnel_window_days, staging.bank_events +funnel_window_days
-- reach: staging.bank_balances -1, staging.bank_balances +funnel_window_days
-- consent: customer_token

with entries as (
    select
        arrivals.event_id,
        arrivals.customer_token,
        arrivals.source_code,
        arrivals.account_id,
        arrivals.day,
        arrivals.arrived_at,
        arrivals.arrived_at + parameters.funnel_window_days * interval 1 day as until
    from core.arrivals
    cross join settings.parameters
),

new_customers as (
    select
        entries.*,
        became.became_at as new_at
    from entries
    left join core.new_customers as became
        on
            entries.customer_token = became.customer_token
            and became.became_at between entries.arrived_at and entries.until
),

active as (
    select
        entries.event_id,
        entries.customer_token,
        entries.until,
        min(logins.occurred_at) as active_at
    from new_customers as entries
    inner join staging.bank_events as logins
        on
            entries.customer_token = logins.customer_token
            and logins.event_type = 'login'
            and logins.occurred_at between entries.new_at and entries.until
    group by all
),

wealthy_days as (
    select
        balances.customer_token,
        cast(balances.balance_on + 1 as timestamp) - interval 8 hours as ended_at
    from staging.bank_balances as balances
    cross join settings.parameters
    where
        balances.aum >= parameters.asset_threshold_yuan
        and balances.basis in ('point_in_time', 'month_average')
),

assets as (
    select
        active.event_id,
        active.customer_token,
        active.until,
        min(wealthy_days.ended_at) as asset_at
    from active
    inner join wealthy_days
        on
            active.customer_token = wealthy_days.customer_token
            and wealthy_days.ended_at between active.active_at and active.until
    group by all
),

subscriptions as (
    select
        assets.event_id,
        min(orders.occurred_at) as subscribed_at
    from assets
    inner join staging.bank_events as orders
        on
            assets.customer_token = orders.customer_token
            and orders.event_type = 'wealth_subscription'
            and coalesce(orders.cooling_off, 'confirmed') = 'confirmed'
            and orders.occurred_at between assets.asset_at and assets.until
    group by all
)

select
    entries.event_id,    -- of the arrival
    entries.customer_token,
    entries.source_code,
    entries.account_id,
    entries.day,
    entries.arrived_at,  -- UTC, like all moments here
    entries.new_at,
    active.active_at,
    assets.asset_at,
    subscriptions.subscribed_at,
    case
        when subscriptions.subscribed_at is not null then 5
        when assets.asset_at is not null then 4
        when active.active_at is not null then 3
        when entries.new_at is not null then 2
        else 1
    end as depth         -- 1 arrival, 2 new customer, 3 active, 4 asset, 5 subscription
from new_customers as entries
left join active using (event_id)
left join assets using (event_id)
left join subscriptions using (event_id)
