-- Retention of each cohort by age: bounded (active in that very week or month) and unbounded, also
-- called rolling (active in it or later), each with its Wilson 95 % interval. Ratios are computed
-- from what is published, so nothing withheld comes back.
-- grain: cohort_type, period, cohort_starts, age, tier, unit_id, platform, account_id

with rated as (
    select
        *,
        cast(active as double) / nullif(cohort_size, 0) as bounded_rate,
        cast(active_since as double) / nullif(cohort_size, 0) as unbounded_rate
    from published.retention_persons
)

select
    cohort_type,    -- first_time: by first arrival; recurring: all who were active
    period,         -- week or month
    cohort_starts,  -- first day of the cohort's week or month, Asia/Shanghai
    age,            -- weeks or months since; 0: the cohort's own
    level,          -- bank, tier, unit, platform or account
    tier,           -- null: the bank, a platform
    unit_id,        -- business line or branch
    unit_name,      -- its name
    platform,       -- its own, or that of the account
    account_id,     -- as in the register
    account_name,   -- as in the register
    cohort_size,    -- customers of the cohort
    active,         -- active in that week or month; null: it is not over
    active_since,   -- active in it or at any time after; null: it is not over
    bounded_rate,   -- active / cohort_size
    wilson_low(bounded_rate, cohort_size) as bounded_low,        -- Wilson 95 %
    wilson_high(bounded_rate, cohort_size) as bounded_high,      -- Wilson 95 %
    unbounded_rate,  -- active_since / cohort_size
    wilson_low(unbounded_rate, cohort_size) as unbounded_low,    -- Wilson 95 %
    wilson_high(unbounded_rate, cohort_size) as unbounded_high,  -- Wilson 95 %
    suppressed      -- columns withheld: too few persons
from rated
