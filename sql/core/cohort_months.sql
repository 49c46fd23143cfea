-- How many customers of a monthly cohort logged in, in the cohort's month or a later one. A
-- first-time cohort is the customers who arrived for the first time in a month, from that day on; a
-- recurring one is all who were active in a month.
-- grain: month, cohort_type, cohort_starts, account_id
-- per: month
-- reach: core.first_arrivals -all, core.customer_months -all

with first_time as (
    select
        active.month,
        arrivals.month as cohort_starts,
        arrivals.account_id,
        count(distinct days.customer_token) as customers
    from core.login_days as days
    inner join settings.calendar as active on days.day = active.day
    inner join core.first_arrivals as arrivals
        on days.customer_token = arrivals.customer_token and days.day >= arrivals.day
    group by all
),

recurring as (
    select
        active.month,
        earlier.month as cohort_starts,
        earlier.account_id,
        count(*) as customers
    from core.customer_months as active
    inner join core.customer_months as earlier
        on active.customer_token = earlier.customer_token and active.month >= earlier.month
    group by all
),

cohorts as (
    select
        'first_time' as cohort_type,
        *
    from first_time
    union all
    select
        'recurring' as cohort_type,
        *
    from recurring
)

select
    cohorts.month,          -- first day, Asia/Shanghai
    cohorts.cohort_type,    -- first_time or recurring
    cohorts.cohort_starts,  -- first day of the cohort's month
    cohorts.account_id,     -- of the first arrival; recurring: whose customer in the cohort's month
    cohorts.customers
from cohorts
cross join settings.parameters
where cohorts.month <= cohorts.cohort_starts + parameters.retention_periods * interval 1 month
