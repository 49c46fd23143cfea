-- Persons of each step of each funnel by week and month of entry, distinct at each level. A person
-- is counted once in each period with an entry, from the entries of that period alone. A period
-- and level nobody entered has no row. How it is counted: docs/FUNNELS.md.
-- grain: funnel, period, starts_on, step, tier, unit_id, account_id
-- persons: persons (median_seconds, p90_seconds)
-- nested: tier, unit_id, account_id

with reached as (
    select
        depths.funnel,
        depths.period,
        depths.starts_on,
        depths.level,
        depths.tier,
        depths.unit_id,
        depths.unit_name,
        depths.platform,
        depths.path_account_id,
        depths.account_name,
        steps.step,
        depths.depth >= steps.step as is_reached,
        epoch_us(case steps.step
            when 2 then depths.step_2_at
            when 3 then depths.step_3_at
            when 4 then depths.step_4_at
            when 5 then depths.step_5_at
            when 6 then depths.step_6_at
            when 7 then depths.step_7_at
            when 8 then depths.step_8_at
            when 9 then depths.step_9_at
            when 10 then depths.step_10_at
            when 11 then depths.step_11_at
            when 12 then depths.step_12_at
        end) - epoch_us(depths.step_1_at) as microseconds
    from core.funnel_depths as depths
    inner join settings.funnel_steps as steps on depths.funnel = steps.funnel
),

-- A quantile lies between the two rows beside it: each weighs by how near it is.
placed as (
    select
        *,
        row_number() over (
            partition by
                funnel, period, starts_on, level, tier, unit_id, path_account_id, step
            order by case when microseconds is null then 1 else 0 end, microseconds
        ) - 1 as place,
        count(microseconds) over (
            partition by
                funnel, period, starts_on, level, tier, unit_id, path_account_id, step
        ) - 1 as last_place
    from reached
),

counted as (
    select
        funnel,
        period,
        starts_on,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        path_account_id,
        account_name,
        step,
        sum(case when is_reached then 1 else 0 end) as persons,
        sum(
            microseconds * greatest(0.0, 1.0 - abs(place - last_place / 2.0)) / 1000000.0
        ) as median,
        sum(
            microseconds * greatest(0.0, 1.0 - abs(place - last_place * 9 / 10.0)) / 1000000.0
        ) as p90
    from placed
    group by all
),

periods as (
    select distinct
        period,
        starts_on,
        label,
        ends_on,
        is_complete
    from core.funnel_periods
)

select
    counted.funnel,                        -- its key: the name of its file in funnels/
    counted.period,                        -- week or month of entry
    counted.starts_on,                     -- its first day, Asia/Shanghai
    periods.label,                         -- 2026-W46, 2026-11
    counted.level,                         -- bank, tier, unit or account of the entry
    counted.tier,                          -- head_office, line, branch, unattributed, unregistered
    counted.unit_id,                       -- business line or branch
    counted.unit_name,                     -- its name
    counted.platform,                      -- of the account
    counted.path_account_id as account_id,  -- that of the last coded touch up to the entry
    counted.account_name,                  -- as in the register
    counted.step,                          -- from 1
    cast(counted.persons as bigint) as persons,  -- distinct persons who got at least so far
    cast(round(counted.median) as bigint) as median_seconds,  -- from entry to step
    cast(round(counted.p90) as bigint) as p90_seconds,  -- nine of ten are as fast
    periods.is_complete as complete,       -- the period is over and its events are there
    (date_diff('day', periods.ends_on, run.as_of) - 1) * 86400
    >= funnel_steps.window_seconds as mature,  -- the window of its last entry is over
    funnel_steps.version,                  -- of the definition
    cast(null as varchar) as suppressed    -- columns withheld: too few persons
from counted
inner join periods on counted.period = periods.period and counted.starts_on = periods.starts_on
inner join settings.funnel_steps as funnel_steps
    on counted.funnel = funnel_steps.funnel and counted.step = funnel_steps.step
cross join settings.run
