-- Active customers of each month, distinct at each level. The bank's row counts everybody; below
-- it a customer belongs to the account of the last login that was attributed to one.
-- grain: month, tier, unit_id, platform, account_id
-- persons: mau (aum_yuan), stable_mau, new_customers
-- nested: tier, unit_id, account_id
-- beside: platform, account_id

with customers as (
    select *
    from core.account_months
),

new_customers as (
    select
        calendar.month,
        became.account_id,
        count(*) as new_customers
    from core.new_customers as became
    inner join settings.calendar using (day)
    group by all
),

first_one as (
    select min(month) as month
    from customers
),

-- A month without any login is one the bank did not deliver.
feed as (
    select distinct
        customers.month,
        customers.month
        >= first_one.month + (parameters.stable_months - 1) * interval 1 month as is_old_enough
    from customers
    cross join settings.parameters
    cross join first_one
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
        sum(customers.mau) as mau,
        sum(customers.stable_mau) as stable_mau,
        sum(new_customers.new_customers) as new_customers,
        sum(customers.aum_yuan) as aum_yuan
    from core.place_months as frame
    left join customers using (account_id, month)
    left join new_customers using (account_id, month)
    group by all
)

select
    levels.month,                                     -- its first day, Asia/Shanghai
    levels.is_complete as complete,                   -- the month ended before the run
    levels.level,                                     -- bank, tier, unit, platform or account
    levels.tier,                                      -- null: the bank, a platform
    levels.unit_id,                                   -- business line or branch
    levels.unit_name,                                 -- its name
    levels.platform,                                  -- its own, or that of the account
    levels.path_account_id as account_id,             -- as in the register
    levels.account_name,                              -- as in the register
    case
        when feed.month is not null then cast(coalesce(levels.mau, 0) as bigint)
    end as mau,               -- customers with a login in the month; null: not delivered
    case
        when feed.is_old_enough then cast(coalesce(levels.stable_mau, 0) as bigint)
    end as stable_mau,        -- active in this and the months before; null: the feed is too young
    case
        when feed.month is not null then cast(coalesce(levels.new_customers, 0) as bigint)
    end as new_customers,     -- for the first time ever
    cast(levels.aum_yuan as decimal(18, 2)) as aum_yuan,  -- month-average AUM of the MAU, yuan
    cast(null as varchar) as suppressed               -- columns withheld: too few persons
from levels
left join feed using (month)
