-- The funnel of each week by platform, of all tiers and within each: counts are the sums of the
-- accounts in published.weekly_funnel, customers those of published.weekly_persons, distinct on
-- the platform. Computed from what is published, so nothing withheld comes back.
-- grain: week_starts, tier, platform, stage
-- per: week of published.weekly_funnel

with stacked as (
    select
        week,
        week_starts,
        tier,
        platform,
        stage,
        stage_order,
        cast(sum(total) as bigint) as total,
        cast(null as bigint) as persons,
        cast(sum(accounts_reporting) as bigint) as accounts_reporting,
        cast(sum(accounts) as bigint) as accounts,
        bool_or(estimated) as estimated,
        bool_and(complete) as complete,
        bool_and(mature) as mature,
        cast(null as varchar) as suppressed
    from published.weekly_funnel
    where level = 'account' and stage_order < 6
    group by
        grouping sets (
            (week, week_starts, platform, stage, stage_order),
            (week, week_starts, platform, stage, stage_order, tier)
        )
    union all
    select
        week,
        week_starts,
        tier,
        platform,
        stage,
        stage_order,
        cast(null as bigint) as total,
        persons,
        cast(null as bigint) as accounts_reporting,
        cast(null as bigint) as accounts,
        false as estimated,
        complete,
        mature,
        suppressed
    from published.weekly_persons
    where level in ('platform', 'tier_platform')
)

select
    week,                -- ISO week, such as 2026-W46
    week_starts,         -- its Monday, Asia/Shanghai
    -- platform: of all tiers; tier_platform: within one
    case when tier is null then 'platform' else 'tier_platform' end as level,
    tier,                -- head_office, line, branch, unattributed, unregistered; null: all
    platform,            -- of the accounts; unattributed: of none
    stage,               -- exposure … subscription
    stage_order,         -- 0 exposure … 10 subscription
    total,               -- stages 0 to 5; null: not exported
    persons,             -- stages 6 to 10: distinct customers; null: withheld, or no event feed
    accounts_reporting,  -- accounts whose exports carry the stage
    accounts,            -- accounts of the platform
    estimated,           -- part of the number was spread over days
    complete,            -- no day is missing
    mature,              -- the window of its arrivals is over
    suppressed           -- columns withheld because too few persons
from stacked
