-- Customers who reached the threshold of assets for the first time in a month, and how many of them
-- still do one, two and three months later, by month average and level.
-- grain: cohort_starts, age, tier, unit_id, platform, account_id
-- persons: cohort_size (compared, kept, kept_rate, rate_low, rate_high)
-- persons: compared (kept, kept_rate, rate_low, rate_high), kept (kept_rate, rate_low, rate_high)
-- rates: kept_rate = kept / compared
-- nested: tier, unit_id, account_id
-- beside: platform, account_id

with ages as (
    select distinct
        stays.cohort_starts,
        stays.age
    from core.asset_stays as stays
    where stays.age > 0
),

sizes as (
    select
        cohort_starts,
        account_id,
        compared as cohort_size
    from core.asset_stays
    where age = 0
),

levels as (
    select
        ages.cohort_starts,
        ages.age,
        frame.level,
        frame.tier,
        frame.unit_id,
        frame.unit_name,
        frame.platform,
        frame.path_account_id as account_id,
        frame.account_name,
        cast(coalesce(sum(sizes.cohort_size), 0) as bigint) as cohort_size,
        cast(coalesce(sum(stays.compared), 0) as bigint) as compared,
        cast(coalesce(sum(stays.kept), 0) as bigint) as kept
    from core.place_months as frame
    inner join ages on frame.month = ages.cohort_starts
    left join sizes on frame.month = sizes.cohort_starts and frame.account_id = sizes.account_id
    left join core.asset_stays as stays
        on
            ages.cohort_starts = stays.cohort_starts
            and ages.age = stays.age
            and frame.account_id = stays.account_id
    group by all
),

rated as (
    select
        *,
        cast(kept as double) / nullif(compared, 0) as kept_rate
    from levels
)

select
    cohort_starts,  -- month in which they first reached it: its first day, Asia/Shanghai
    age,            -- months after it: 1, 2 or 3
    level,          -- bank, tier, unit, platform or account
    tier,           -- null: the bank, a platform
    unit_id,        -- business line or branch
    unit_name,      -- its name
    platform,       -- its own, or that of the account
    account_id,     -- they belonged to in that month, as in the register
    account_name,   -- as in the register
    cohort_size,    -- customers who first reached it
    compared,       -- of those, whose month average is known at this age
    kept,           -- of the compared, who still reach it
    kept_rate,      -- kept / compared
    wilson_low(kept_rate, compared) as rate_low,   -- Wilson 95 %
    wilson_high(kept_rate, compared) as rate_high,  -- Wilson 95 %
    cast(null as varchar) as suppressed  -- columns withheld: too few persons
from rated
