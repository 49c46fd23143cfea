-- Each stage of the platforms' weekly funnel against the stage its rate is taken of, and against
-- last week, by the rules of published.weekly_steps: counts over the accounts that report both
-- stages, or all of both weeks; persons with Wilson 95 % intervals; no rate crosses the bridge.
-- Computed from what is published, so nothing withheld comes back.
-- grain: week_starts, tier, platform, stage
-- per: week of published.platform_funnel
-- reach: published.platform_funnel -7, published.weekly_steps -7

with counted as (
    select
        this_week.week_starts,
        this_week.tier,
        this_week.platform,
        this_week.stage,
        cast(sum(case when this_week.n is not null then this_week.value end) as bigint) as reached,
        cast(sum(this_week.n) as bigint) as n,
        sum(case when last_week.value is not null then cast(this_week.value as double) end)
        / nullif(sum(case when this_week.value is not null then last_week.value end), 0)
        - 1 as change
    from published.weekly_steps as this_week
    left join published.weekly_steps as last_week
        on
            this_week.week_starts = last_week.week_starts + 7
            and this_week.tier = last_week.tier
            and this_week.unit_id is not distinct from last_week.unit_id
            and this_week.account_id = last_week.account_id
            and this_week.stage = last_week.stage
            and this_week.complete
            and last_week.complete
    where this_week.level = 'account' and this_week.stage_order < 6
    group by
        grouping sets (
            (this_week.week_starts, this_week.platform, this_week.stage),
            (this_week.week_starts, this_week.platform, this_week.stage, this_week.tier)
        )
),

funnel as (
    select
        funnel.*,
        stages.base_stage,
        stages.depth,
        coalesce(funnel.persons, funnel.total) as value
    from published.platform_funnel as funnel
    inner join core.stages using (stage)
),

stepped as (
    select
        funnel.*,
        counted.change as change_of_counts,
        coalesce(counted.n, base.persons) as n,
        case when base.suppressed is not null then 'n' end as base_suppressed,
        cast(coalesce(counted.reached, funnel.persons) as double)
        / nullif(coalesce(counted.n, base.persons), 0) as step_rate,
        last_week.value as last_week_value,
        last_week.mature and last_week.complete and funnel.mature and funnel.complete
            as is_comparable
    from funnel
    left join counted
        on
            funnel.week_starts = counted.week_starts
            and funnel.stage = counted.stage
            and funnel.platform = counted.platform
            and funnel.tier is not distinct from counted.tier
    left join funnel as base
        on
            funnel.week_starts = base.week_starts
            and funnel.base_stage = base.stage
            and funnel.depth > 0
            and funnel.platform = base.platform
            and funnel.tier is not distinct from base.tier
    left join funnel as last_week
        on
            funnel.week_starts = last_week.week_starts + 7
            and funnel.stage = last_week.stage
            and funnel.platform = last_week.platform
            and funnel.tier is not distinct from last_week.tier
)

select
    week,                     -- ISO week
    week_starts,              -- its Monday, Asia/Shanghai
    level,                    -- platform: of all tiers; tier_platform: within one
    tier,                     -- null: all of them
    platform,                 -- of the accounts; unattributed: of none
    stage,                    -- exposure … subscription
    stage_order,              -- 0 exposure … 10 subscription
    base_stage as previous_stage,  -- the stage the rate is taken of; null: none
    value,                    -- the stage's total or persons
    last_week_value,          -- the same a week before
    case
        when depth = 0 then change_of_counts
        when is_comparable then value / cast(nullif(last_week_value, 0) as double) - 1
    end as change,            -- against the week before; null: immature, incomplete or unknown
    n,                        -- base of the rate, over accounts that report both stages
    step_rate,                -- fraction of the base
    case when step_rate <= 1 then 1 - step_rate end as lost_rate,  -- did not come to this stage
    case when depth > 0 then wilson_low(step_rate, n) end as rate_low,  -- Wilson 95 %, persons only
    -- Wilson 95 %, persons only
    case when depth > 0 then wilson_high(step_rate, n) end as rate_high,
    mature,                   -- the window of the week's arrivals is over
    complete,                 -- no day is missing from the exports
    -- columns withheld, and with them what is made of them
    nullif(
        concat_ws(',', case when suppressed is not null then 'value' end, base_suppressed), ''
    ) as suppressed
from stepped
