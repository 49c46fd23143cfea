-- Of the customers whose month average first reached the threshold in a month, how many are known
-- in each of the three after it, and still reach it, by the account they belonged to then. Who
-- reached it in the first month there is may have had it long before, and is in no cohort.
-- grain: cohort_starts, age, account_id

with months as (
    select
        month,
        row_number() over (order by month) as number
    from settings.calendar
    group by month
),

averages as (
    select
        assets.customer_token,
        assets.account_id,
        assets.month,
        months.number,
        assets.aum >= parameters.asset_threshold_yuan as reaches
    from core.customer_assets as assets
    cross join settings.parameters as parameters
    inner join months on assets.month = months.month
    where assets.aum is not null
),

firsts as (
    select
        customer_token,
        min(number) as number
    from averages
    where reaches
    group by customer_token
),

cohorts as (
    select
        averages.customer_token,
        averages.account_id,
        averages.month,
        averages.number
    from averages
    inner join firsts
        on averages.customer_token = firsts.customer_token and averages.number = firsts.number
    where averages.number > (select min(known.number) from averages as known)
)

select
    cohorts.month as cohort_starts,                           -- first day, Asia/Shanghai
    cast(averages.number - cohorts.number as integer) as age,  -- months after it, 0 to 3
    cohorts.account_id,                                       -- `(none)`: belonged to no account
    count(*) as compared,                                     -- whose average is known then
    count(case when averages.reaches then 1 end) as kept
from cohorts
inner join averages
    on
        cohorts.customer_token = averages.customer_token
        and averages.number between cohorts.number and cohorts.number + 3
group by all
