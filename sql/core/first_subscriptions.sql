-- The first confirmed wealth subscription of each customer that the bank delivered, the account it
-- is attributed to, and whether the same customer subscribed again within the window.
-- grain: month, customer_token
-- per: month
-- reach: core.attributed_events -all, core.attributed_events +repeat_days
-- consent: customer_token

with orders as (
    select
        event_id,
        customer_token,
        occurred_at,
        day,
        account_id
    from core.attributed_events
    where event_type = 'wealth_subscription' and coalesce(cooling_off, 'confirmed') = 'confirmed'
),

firsts as (
    select *
    from orders
    qualify row_number() over (partition by customer_token order by occurred_at, event_id) = 1
),

again as (
    select
        firsts.customer_token,
        min(later.occurred_at) as repeated_at
    from firsts
    cross join settings.parameters
    inner join orders as later
        on
            firsts.customer_token = later.customer_token
            and firsts.event_id <> later.event_id
            and later.occurred_at >= firsts.occurred_at
            and later.occurred_at
            <= firsts.occurred_at + parameters.repeat_days * interval 1 day
    group by all
)

select
    calendar.month,        -- first day, Asia/Shanghai
    firsts.customer_token,
    firsts.event_id,
    firsts.account_id,     -- `(none)`: nobody touched
    firsts.occurred_at,    -- UTC
    again.repeated_at      -- UTC; null: not within the window
from firsts
inner join settings.calendar using (day)
left join again using (customer_token)
