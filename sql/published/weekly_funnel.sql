-- The funnel of each week: content and awareness as counts of the platforms, then, below the
-- bridge, distinct customers who arrived that week and how far they went in order within the
-- window. Customers are distinct at each level; the tiers overlap (published.tier_overlap). They
-- are those of published.weekly_persons, where small cells are withheld.
-- grain: week_starts, tier, unit_id, account_id, stage
-- per: week of core.level_weeks

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
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        path_account_id as account_id,
        account_name,
        stage,
        stage_order,
        cast(sum(total) as bigint) as total,
        count(total) as accounts_reporting,
        count(*) as accounts,
        coalesce(bool_or(estimated), false) as estimated,
        coalesce(bool_and(is_complete), true) as complete
    from account_totals
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
    select
        counts.week,
        counts.week_starts,
        counts.level,
        counts.tier,
        counts.unit_id,
        counts.unit_name,
        counts.platform,
        counts.account_id,
        counts.account_name,
        counts.stage,
        counts.stage_order,
        case
            when counts.stage <> 'click' or coalesce(gaps.is_partly_known, true) then counts.total
        end as total,
        cast(null as bigint) as persons,
        counts.accounts_reporting,
        counts.accounts,
        counts.estimated,
        counts.complete and (counts.stage <> 'click' or gaps.week_starts is null) as complete,
        true as mature,
        cast(null as varchar) as suppressed
    from counts
    left join core.feed_gaps as gaps using (week_starts)
    union all
    select
        week,
        week_starts,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
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
    where level in ('bank', 'tier', 'unit', 'account')
)

select
    stacked.week,                      -- ISO week, such as 2026-W46
    stacked.week_starts,               -- its Monday, Asia/Shanghai
    stacked.level,                     -- bank, tier, unit or account: how far the path is filled
    stacked.tier,                      -- head_office, line, branch, unattributed, unregistered
    stacked.unit_id,                   -- business line or branch
    stacked.unit_name,                 -- its name
    stacked.platform,                  -- of the account
    stacked.account_id,                -- as in the register
    stacked.account_name,              -- as in the register
    stacked.stage,                     -- exposure … subscription
    stacked.stage_order,               -- 0 exposure … 10 subscription
    stacked.total,                     -- stages 0 to 5; null: not exported
    stacked.persons,                   -- stages 6 to 10: distinct customers; null: no event feed
    stacked.accounts_reporting,        -- accounts whose exports carry the stage
    stacked.accounts,                  -- accounts of the level
    stacked.estimated,                 -- part of the number was spread over days
    stacked.complete,                  -- no day is missing
    stacked.mature,                    -- the window of its arrivals is over
    bridge.bridge,                     -- arrivals with a registered code / all, of the week
    stacked.suppressed                 -- columns withheld because too few persons
from stacked
left join bridge using (week_starts)
