-- Customers who were active in a month: at least one successful login. The account a customer
-- belongs to is that of the latest login that was attributed to one, in that month or before.
-- grain: month, customer_token

with logins as (
    select
        events.customer_token,
        calendar.month,
        events.occurred_at,
        events.event_id,
        row_number() over (
            partition by events.customer_token
            order by events.occurred_at, events.event_id
        ) as nth,
        last_value(nullif(events.account_id, '(none)') ignore nulls) over (
            partition by events.customer_token
            order by events.occurred_at, events.event_id
            rows between unbounded preceding and current row
        ) as home_account
    from core.attributed_events as events
    inner join settings.calendar using (day)
    where events.event_type = 'login'
),

months as (
    select
        month,
        customer_token,
        count(*) as logins,
        min(occurred_at) as first_login_at,
        coalesce(max_by(home_account, nth), '(none)') as account_id
    from logins
    group by all
),

feed as (
    select min(month) as first_month
    from months
),

numbered as (
    select
        *,
        lag(month, 1) over (partition by customer_token order by month) as previous_month,
        row_number() over (partition by customer_token order by month) as nth
    from months
),

runs as (
    select
        *,
        month - cast(nth as integer) * interval 1 month as run_start
    from numbered
)

select
    runs.month,                       -- first day, Asia/Shanghai
    runs.customer_token,
    runs.account_id,                  -- `(none)`: belongs to no account
    runs.logins,
    runs.first_login_at,              -- UTC
    case
        when runs.month >= feed.first_month + (parameters.stable_months - 1) * interval 1 month
            then row_number() over (
                partition by runs.customer_token, runs.run_start
                order by runs.month
            ) >= parameters.stable_months
    end as is_stable,                 -- null: the feed is too young to tell
    case
        when runs.month >= feed.first_month + interval 3 month
            then coalesce(runs.previous_month < runs.month - interval 3 month, true)
    end as is_newly_active            -- null: the feed is too young to tell
from runs
cross join feed
cross join settings.parameters
