-- Each stage of the weekly funnel against the stage its rate is taken of, and against last week.
-- Computed from what is published, so nothing withheld comes back. Persons' rates carry Wilson
-- 95 % intervals. No rate crosses the bridge; immature weeks are left out of comparisons, and
-- counts are compared over the accounts that report all of both weeks.
-- grain: week_starts, tier, unit_id, account_id, stage
-- per: week of published.weekly_funnel
-- reach: published.weekly_funnel -7

with funnel as (
    select
        funnel.*,
        stages.base_stage,
        stages.depth,
        coalesce(funnel.persons, funnel.total) as value
    from published.weekly_funnel as funnel
    inner join core.stages using (stage)
),

counted as (
    select
        upper_stage.week_starts,
        upper_stage.tier,
        upper_stage.unit_id,
        upper_stage.account_id,
        upper_stage.stage,
        cast(sum(upper_stage.total) as bigint) as reached,
        cast(sum(base.total) as bigint) as n
    from funnel as upper_stage
    inner join funnel as base
        on
            upper_stage.week_starts = base.week_starts
            and upper_stage.account_id = base.account_id
            and upper_stage.base_stage = base.stage
            and upper_stage.tier = base.tier
    where upper_stage.level = 'account' and upper_stage.total is not null and base.total is not null
    group by
        grouping sets (
            (upper_stage.week_starts, upper_stage.stage),
            (upper_stage.week_starts, upper_stage.stage, upper_stage.tier),
            (upper_stage.week_starts, upper_stage.stage, upper_stage.tier, upper_stage.unit_id),
            (
                upper_stage.week_starts,
                upper_stage.stage,
                upper_stage.tier,
                upper_stage.unit_id,
                upper_stage.account_id
            )
        )
),

-- A change compares the accounts that report all of both weeks, and no others.
compared_accounts as (
    select
        this_week.week_starts,
        this_week.tier,
        this_week.unit_id,
        this_week.account_id,
        this_week.stage,
        cast(sum(this_week.total) as double) / nullif(sum(last_week.total), 0) - 1 as change
    from funnel as this_week
    inner join funnel as last_week
        on
            this_week.week_starts = last_week.week_starts + 7
            and this_week.tier = last_week.tier
            and this_week.unit_id is not distinct from last_week.unit_id
            and this_week.account_id = last_week.account_id
            and this_week.stage = last_week.stage
    where
        this_week.level = 'account'
        and this_week.complete
        and last_week.complete
        and this_week.total is not null
        and last_week.total is not null
    group by
        grouping sets (
            (this_week.week_starts, this_week.stage),
            (this_week.week_starts, this_week.stage, this_week.tier),
            (this_week.week_starts, this_week.stage, this_week.tier, this_week.unit_id),
            (
                this_week.week_starts,
                this_week.stage,
                this_week.tier,
                this_week.unit_id,
                this_week.account_id
            )
        )
),

stepped as (
    select
        funnel.*,
        coalesce(counted.reached, funnel.persons) as reached,
        coalesce(counted.n, base.persons) as n,
        case when base.suppressed is not null then 'n' end as base_suppressed,
        compared_accounts.change as change_of_counts,
        lag(funnel.value) over same_path as lag_value,
        lag(funnel.week_starts) over same_path as lag_week,
        lag(funnel.mature and funnel.complete) over same_path as lag_counts
    from funnel
    left join counted
        on
            funnel.week_starts = counted.week_starts
            and funnel.stage = counted.stage
            and funnel.tier is not distinct from counted.tier
            and funnel.unit_id is not distinct from counted.unit_id
            and funnel.account_id is not distinct from counted.account_id
    left join compared_accounts
        on
            funnel.week_starts = compared_accounts.week_starts
            and funnel.stage = compared_accounts.stage
            and funnel.tier is not distinct from compared_accounts.tier
            and funnel.unit_id is not distinct from compared_accounts.unit_id
            and funnel.account_id is not distinct from compared_accounts.account_id
    left join funnel as base
        on
            funnel.week_starts = base.week_starts
            and funnel.base_stage = base.stage
            and funnel.depth > 0
            and funnel.tier is not distinct from base.tier
            and funnel.unit_id is not distinct from base.unit_id
            and funnel.account_id is not distinct from base.account_id
    window same_path as (
        partition by funnel.tier, funnel.unit_id, funnel.account_id, funnel.stage
        order by funnel.week_starts
    )
),

compared as (
    select
        *,
        case when lag_week = week_starts - 7 then lag_value end as last_week_value,
        lag_week = week_starts - 7 and lag_counts and mature and complete as is_comparable,
        cast(reached as double) / nullif(n, 0) as step_rate
    from stepped
)

select
    week,                     -- ISO week
    week_starts,              -- its Monday, Asia/Shanghai
    level,                    -- bank, tier, unit or account
    tier,                     -- null: the bank
    unit_id,                  -- business line or branch
    unit_name,                -- its name
    platform,                 -- of the account
    account_id,               -- as in the register
    account_name,             -- as in the register
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
from compared
