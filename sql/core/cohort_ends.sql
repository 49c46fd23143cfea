-- How many customers each cohort has, by the day of their last login so far.
-- grain: cohort_type, period, cohort_starts, account_id, last_day

with last_logins as (
    select
        customer_token,
        max(last_day) as last_day
    from core.login_months
    group by customer_token
),

arrivals as (
    select
        arrivals.week_starts,
        arrivals.month,
        arrivals.account_id,
        case when last_logins.last_day >= arrivals.day then last_logins.last_day end as last_day,
        count(*) as customers
    from core.first_arrivals as arrivals
    left join last_logins using (customer_token)
    group by all
),

cohorts as (
    select
        'first_time' as cohort_type,
        'week' as period,
        week_starts as cohort_starts,
        account_id,
        last_day,
        customers
    from arrivals
    union all
    select
        'first_time' as cohort_type,
        'month' as period,
        month as cohort_starts,
        account_id,
        last_day,
        customers
    from arrivals
    union all
    select
        'recurring' as cohort_type,
        'month' as period,
        active.month as cohort_starts,
        active.account_id,
        last_logins.last_day,
        1 as customers
    from core.customer_months as active
    inner join last_logins using (customer_token)
)

select
    cohort_type,    -- first_time or recurring
    period,         -- week or month
    cohort_starts,  -- its first day, Asia/Shanghai
    account_id,     -- of the first arrival; recurring: whose customer in the cohort's month
    last_day,       -- null: no login since the arrival
    cast(sum(customers) as bigint) as customers
from cohorts
group by all
