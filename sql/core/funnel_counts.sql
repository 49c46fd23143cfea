-- Persons of each step of each funnel by week and month of entry and level, and how long they took:
-- a person is counted once in each period with an entry. A quantile lies between the two times
-- beside it, each weighing by how near it is.
-- grain: funnel, period, starts_on, path, step
-- per: month
-- reach: core.funnel_persons +6

with depths as (
    select
        month,
        funnel,
        period,
        starts_on,
        path,
        depth,
        count(*) as persons
    from core.funnel_depths
    group by all
),

times as (
    select
        depths.funnel,
        depths.period,
        depths.starts_on,
        depths.path,
        steps.step,
        epoch_us(case steps.step
            when 2 then entries.step_2_at
            when 3 then entries.step_3_at
            when 4 then entries.step_4_at
            when 5 then entries.step_5_at
            when 6 then entries.step_6_at
            when 7 then entries.step_7_at
            when 8 then entries.step_8_at
            when 9 then entries.step_9_at
            when 10 then entries.step_10_at
            when 11 then entries.step_11_at
            when 12 then entries.step_12_at
        end) - epoch_us(depths.step_1_at) as microseconds
    from core.funnel_depths as depths
    inner join core.funnel_persons as entries using (funnel, customer_token, step_1_at)
    inner join settings.funnel_steps as steps
        on depths.funnel = steps.funnel and depths.depth >= steps.step
    where depths.depth > 1 and steps.step > 1
),

placed as (
    select
        *,
        row_number() over (
            partition by funnel, starts_on, period, path, step order by microseconds
        ) - 1 as place,
        count(*) over (partition by funnel, starts_on, period, path, step) - 1 as last_place
    from times
    where microseconds is not null
),

quantiles as (
    select
        funnel,
        period,
        starts_on,
        path,
        step,
        sum(
            microseconds * greatest(0.0, 1.0 - abs(place - last_place / 2.0)) / 1000000.0
        ) as median,
        sum(
            microseconds * greatest(0.0, 1.0 - abs(place - last_place * 9 / 10.0)) / 1000000.0
        ) as p90
    from placed
    group by all
),

counted as (
    select
        depths.month,
        depths.funnel,
        depths.period,
        depths.starts_on,
        depths.path,
        steps.step,
        sum(case when depths.depth >= steps.step then depths.persons else 0 end) as persons
    from depths
    inner join settings.funnel_steps as steps on depths.funnel = steps.funnel
    group by all
)

select
    counted.month,                            -- in which the period starts
    counted.funnel,
    counted.period,
    counted.starts_on,                        -- Asia/Shanghai
    counted.path,                             -- as in core.funnel_paths
    counted.step,
    cast(counted.persons as bigint) as persons,
    cast(round(quantiles.median) as bigint) as median_seconds,  -- from entry to step
    cast(round(quantiles.p90) as bigint) as p90_seconds         -- nine of ten are as fast
from counted
left join quantiles using (funnel, period, starts_on, path, step)
