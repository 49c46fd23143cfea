-- Active customers of each month by the platform of the account they belong to, beside all of the
-- bank's: each customer is of one account, so of one platform or unattributed.
-- grain: month, platform
-- persons: mau, stable_mau, new_customers
-- nested: platform

with platforms as (
    select
        month,
        account_id,
        coalesce(platform, 'unknown') as platform
    from core.level_months
    where level = 'account'
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

accounts as (
    select
        frame.month,
        frame.is_complete,
        coalesce(platforms.platform, 'unattributed') as platform,
        active.mau,
        active.stable_mau,
        new_customers.new_customers
    from core.level_months as frame
    left join platforms using (month, account_id)
    left join core.account_months as active using (month, account_id)
    left join new_customers using (month, account_id)
    where frame.level = 'bank'
),

both_levels as (
    select *
    from accounts
    union all
    select
        month,
        is_complete,
        null as platform,
        mau,
        stable_mau,
        new_customers
    from accounts
),

counts as (
    select
        month,
        is_complete,
        platform,
        sum(mau) as mau,
        sum(stable_mau) as stable_mau,
        sum(new_customers) as new_customers
    from both_levels
    group by all
),

-- A month without any login is one the bank did not deliver.
feed as (
    select distinct month
    from core.account_months
),

first_one as (
    select min(month) as first_month
    from core.account_months
)

select
    counts.month,                    -- its first day, Asia/Shanghai
    counts.is_complete as complete,  -- the month ended before the run
    counts.platform,                 -- of the account; unattributed: of none; null: the bank
    case
        when feed.month is not null then cast(coalesce(counts.mau, 0) as bigint)
    end as mau,                      -- customers with a login in the month; null: not delivered
    case
        when
            feed.month >= first_one.first_month + (parameters.stable_months - 1) * interval 1 month
            then cast(coalesce(counts.stable_mau, 0) as bigint)
    end as stable_mau,               -- in this and the months before; null: the feed is too young
    case
        when feed.month is not null then cast(coalesce(counts.new_customers, 0) as bigint)
    end as new_customers,            -- for the first time ever
    cast(null as varchar) as suppressed  -- columns withheld: too few persons
from counts
cross join settings.parameters
cross join first_one
left join feed using (month)
