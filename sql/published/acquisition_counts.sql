-- What was paid for each level in a month, who arrived under its codes, who became a customer by
-- it, and what these had in the month after. New customers are those of published.monthly_persons,
-- and withheld where they are.
-- grain: month, tier, unit_id, account_id
-- persons: arrivals, new_customers (aum_yuan)
-- nested: tier, unit_id, account_id

with spend as (
    select
        calendar.month,
        spend.account_id,
        sum(spend.amount_yuan) as spend_yuan
    from staging.bank_spend as spend
    inner join settings.calendar on spend.spent_on = calendar.day
    group by all
),

arrived as (
    select distinct
        calendar.month,
        arrivals.account_id,
        arrivals.customer_token
    from core.arrivals as arrivals
    inner join settings.calendar using (day)
    where arrivals.is_coded
),

arrivals as (
    select
        frame.month,
        frame.tier,
        frame.unit_id,
        frame.path_account_id,
        count(distinct arrived.customer_token) as arrivals
    from core.level_months as frame
    inner join arrived using (account_id, month)
    group by all
),

-- A month without any login is one the bank did not deliver.
feed as (
    select distinct month
    from core.account_months
),

became as (
    select
        calendar.month,
        customers.account_id,
        count(*) as new_customers,
        sum(aum.aum) as aum_yuan
    from core.new_customers as customers
    inner join settings.calendar using (day)
    left join core.month_aum as aum
        on
            customers.customer_token = aum.customer_token
            and aum.month = calendar.month + interval 1 month
    group by calendar.month, customers.account_id
),

levels as (
    select
        frame.month,
        frame.is_complete,
        frame.level,
        frame.tier,
        frame.unit_id,
        frame.unit_name,
        frame.platform,
        frame.path_account_id,
        frame.account_name,
        sum(spend.spend_yuan) as spend_yuan,
        sum(became.new_customers) as new_customers,
        sum(became.aum_yuan) as aum_yuan
    from core.level_months as frame
    left join spend using (account_id, month)
    left join became using (account_id, month)
    group by all
)

select
    levels.month,                         -- its first day, Asia/Shanghai
    levels.is_complete as complete,       -- the month ended before the run
    levels.level,                         -- bank, tier, unit or account
    levels.tier,                          -- null: the bank
    levels.unit_id,                       -- business line or branch
    levels.unit_name,                     -- its name
    levels.platform,                      -- of the account
    levels.path_account_id as account_id,  -- as in the register
    levels.account_name,                  -- as in the register
    cast(levels.spend_yuan as decimal(18, 2)) as spend_yuan,  -- null: nothing was delivered
    -- distinct persons with a first session under a code of it; null: no account, or not delivered
    case
        when feed.month is not null and coalesce(levels.tier, '') <> 'unattributed'
            then cast(coalesce(arrivals.arrivals, 0) as bigint)
    end as arrivals,
    case
        when feed.month is not null then cast(coalesce(levels.new_customers, 0) as bigint)
    end as new_customers,                 -- for the first time ever, attributed to it
    case
        when balanced.month is not null then cast(coalesce(levels.aum_yuan, 0) as decimal(18, 2))
    end as aum_yuan,  -- of these, month average of the month after; null: not over, or not there
    -- columns withheld: too few persons
    case when monthly.suppressed like '%new_customers%' then 'new_customers' end as suppressed
from levels
left join arrivals
    on
        levels.month = arrivals.month
        and levels.tier is not distinct from arrivals.tier
        and levels.unit_id is not distinct from arrivals.unit_id
        and levels.path_account_id is not distinct from arrivals.path_account_id
left join published.monthly_persons as monthly
    on
        levels.month = monthly.month
        and levels.level = monthly.level
        and levels.tier is not distinct from monthly.tier
        and levels.unit_id is not distinct from monthly.unit_id
        and levels.path_account_id is not distinct from monthly.account_id
left join feed on levels.month = feed.month
left join core.balanced_months as balanced on balanced.month = levels.month + interval 1 month
