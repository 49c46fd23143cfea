-- Persons of each step of each funnel by week and month of entry, distinct at each level. A person
-- is counted once in each period with an entry, from the entries of that period alone. A period
-- and level nobody entered has no row. How it is counted: docs/FUNNELS.md.
-- grain: funnel, period, starts_on, step, tier, unit_id, account_id
-- persons: persons (median_seconds, p90_seconds)
-- nested: tier, unit_id, account_id

with periods as (
    select distinct
        period,
        starts_on,
        label,
        ends_on,
        is_complete
    from core.funnel_periods
),

paths as (
    select distinct
        period,
        starts_on,
        path,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        path_account_id,
        account_name
    from core.funnel_paths
)

select
    counted.funnel,                        -- its key: the name of its file in funnels/
    counted.period,                        -- week or month of entry
    counted.starts_on,                     -- its first day, Asia/Shanghai
    periods.label,                         -- 2026-W46, 2026-11
    paths.level,                           -- bank, tier, unit or account of the entry
    paths.tier,                            -- head_office, line, branch, unattributed, unregistered
    paths.unit_id,                         -- business line or branch
    paths.unit_name,                       -- its name
    paths.platform,                        -- of the account
    paths.path_account_id as account_id,  -- that of the last coded touch up to the entry
    paths.account_name,                    -- as in the register
    counted.step,                          -- from 1
    counted.persons,                       -- distinct persons who got at least so far
    counted.median_seconds,                -- from entry to step
    counted.p90_seconds,                   -- nine of ten are as fast
    periods.is_complete as complete,       -- the period is over and its events are there
    (date_diff('day', periods.ends_on, run.as_of) - 1) * 86400
    >= funnel_steps.window_seconds as mature,  -- the window of its last entry is over
    funnel_steps.version,                  -- of the definition
    cast(null as varchar) as suppressed    -- columns withheld: too few persons
from core.funnel_counts as counted
inner join paths using (period, starts_on, path)
inner join periods using (period, starts_on)
inner join settings.funnel_steps as funnel_steps
    on counted.funnel = funnel_steps.funnel and counted.step = funnel_steps.step
cross join settings.run
