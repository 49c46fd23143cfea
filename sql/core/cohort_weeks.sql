-- How many of the customers who arrived for the first time in a week logged in, on the day of that
-- arrival or after, in that week or a later one.
-- grain: day, cohort_starts, account_id
-- per: week
-- reach: core.first_arrivals -all

select
    active.week_starts as day,   -- the week's Monday, Asia/Shanghai
    arrivals.week_starts as cohort_starts,
    arrivals.account_id,         -- of the first arrival
    count(distinct days.customer_token) as customers
from core.login_days as days
cross join settings.parameters
inner join settings.calendar as active on days.day = active.day
inner join core.first_arrivals as arrivals
    on days.customer_token = arrivals.customer_token and days.day >= arrivals.day
where active.week_starts <= arrivals.week_starts + 7 * parameters.retention_periods
group by all
