-- The funnel of each week: content and awareness as counts of the platforms, then, below the
-- bridge, distinct customers who arrived that week and how far they went in order within the
-- window. Customers are distinct at each level; the tiers overlap (published.tier_overlap).
-- grain: week_starts, tier, unit_id, account_id, stage
-- per: week of core.level_weeks
-- persons: persons
-- nested: tier, unit_id, account_id

with account_totals as (
    select
        frame.*,
        stages.stage,
        stages.stage_order,
        -- An account with links of its own had no click where the bank delivered none.
        coalesce(
            weeks.total,
            case when stages.stage = 'click' and frame.has_links then 0 end
        ) as total,
        weeks.estimated,
        weeks.is_complete
    from core.level_weeks as frame
    cross join core.stages
    left join core.account_weeks as weeks
        on
            frame.account_id = weeks.account_id
            and frame.week_starts = weeks.week_starts
            and stages.stage = weeks.stage
    where stages.depth = 0 and frame.account_id <> '(none)'
),

counts as (
    select
        week,
        week_starts,
        mature,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        path_account_id,
        account_name,
        stage,
        stage_order,
        sum(total) as total,
        cast(null as bigint) as persons,
        count(total) as accounts_reporting,
        count(*) as accounts,
        coalesce(bool_or(estimated), false) as estimated,
        coalesce(bool_and(is_complete), true) as complete
    from account_totals
    group by all
),

chains as (
    select
        arrival_chains.*,
        calendar.week_starts
    from core.arrival_chains
    inner join settings.calendar using (day)
),

deepest as (
    select
        frame.week_starts,
        frame.path,
        chains.customer_token,
        coalesce(max(chains.depth), 0) as depth
    from core.level_weeks as frame
    left join chains
        on
            frame.account_id = chains.account_id
            and frame.week_starts = chains.week_starts
    group by all
),

depths as (
    select
        week_starts,
        path,
        depth,
        count(*) as persons
    from deepest
    group by all
),

paths as (
    select distinct
        week,
        week_starts,
        path,
        mature,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        path_account_id,
        account_name
    from core.level_weeks
),

persons as (
    select
        paths.week,
        paths.week_starts,
        paths.mature,
        paths.level,
        paths.tier,
        paths.unit_id,
        paths.unit_name,
        paths.platform,
        paths.path_account_id,
        paths.account_name,
        stages.stage,
        stages.stage_order,
        cast(null as bigint) as total,
        cast(sum(case when depths.depth >= stages.depth then depths.persons else 0 end) as bigint)
            as persons,
        cast(null as bigint) as accounts_reporting,
        cast(null as bigint) as accounts,
        false as estimated,
        true as complete
    from paths
    inner join depths using (week_starts, path)
    cross join core.stages
    where stages.depth > 0
    group by all
),

bridge as (
    select
        calendar.week_starts,
        sum(case when arrivals.is_coded then 1 else 0 end) / cast(count(*) as double) as bridge
    from core.arrivals
    inner join settings.calendar using (day)
    group by all
),

stacked as (
    select * from counts
    union all
    select * from persons
)

select
    stacked.week,                      -- ISO week, such as 2026-W46
    stacked.week_starts,               -- its Monday, Asia/Shanghai
    stacked.level,                     -- bank, tier, unit or account: how far the path is filled
    stacked.tier,                      -- head_office, line, branch, unattributed, unregistered
    stacked.unit_id,                   -- business line or branch
    stacked.unit_name,                 -- its name
    stacked.platform,                  -- of the account
    stacked.path_account_id as account_id,  -- as in the register
    stacked.account_name,              -- as in the register
    stacked.stage,                     -- exposure … subscription
    stacked.stage_order,               -- 0 exposure … 10 subscription
    case
        when stacked.stage_order < 5 or coalesce(gaps.is_partly_known, true)
            then cast(stacked.total as bigint)
    end as total,                      -- stages 0 to 5; null: not exported
    case
        when coalesce(gaps.is_partly_known, true) then stacked.persons
    end as persons,                    -- stages 6 to 10: distinct customers; null: no event feed
    stacked.accounts_reporting,        -- accounts whose exports carry the stage
    stacked.accounts,                  -- accounts of the level
    stacked.estimated,                 -- part of the number was spread over days
    stacked.complete
    and (stacked.stage_order < 5 or gaps.week_starts is null) as complete,  -- no day is missing
    stacked.stage_order <= 6 or stacked.mature as mature,  -- the window of its arrivals is over
    bridge.bridge,                  -- arrivals with a registered code / all arrivals, of the week
    cast(null as varchar) as suppressed  -- columns withheld because too few persons
from stacked
left join bridge using (week_starts)
left join core.feed_gaps as gaps using (week_starts)
