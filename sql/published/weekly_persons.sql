-- Distinct customers who arrived in each week and how far they went in order within the window, at
-- each level, on each platform, and where the two cross. The places overlap: who came through
-- several is counted in each. An account is a part of its unit and of its platform, so small cells
-- are withheld on both ways at once, before published.weekly_funnel and published.platform_funnel
-- each show one of them.
-- grain: week_starts, tier, unit_id, platform, account_id, stage
-- per: week of core.place_weeks
-- persons: persons
-- nested: tier, unit_id, account_id
-- crossed: platform

with chains as (
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
    from core.place_weeks as frame
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
    from core.place_weeks
),

counted as (
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
        cast(sum(case when depths.depth >= stages.depth then depths.persons else 0 end) as bigint)
            as persons
    from paths
    inner join depths using (week_starts, path)
    cross join core.stages
    where stages.depth > 0
    group by all
)

select
    counted.week,                   -- ISO week, such as 2026-W46
    counted.week_starts,            -- its Monday, Asia/Shanghai
    -- bank, tier, unit, account; platform, tier_platform, unit_platform: what is filled
    counted.level,
    counted.tier,                   -- head_office, line, branch, unattributed, unregistered
    counted.unit_id,                -- business line or branch
    counted.unit_name,              -- its name
    counted.platform,               -- its own, or that of the account; unattributed: of none
    counted.path_account_id as account_id,  -- as in the register
    counted.account_name,           -- as in the register
    counted.stage,                  -- arrival … subscription
    counted.stage_order,            -- 6 … 10
    case
        when coalesce(gaps.is_partly_known, true) then counted.persons
    end as persons,                 -- distinct customers; null: no event feed
    gaps.week_starts is null as complete,  -- the event feed reaches every day
    counted.stage_order = 6 or counted.mature as mature,  -- the window of its arrivals is over
    cast(null as varchar) as suppressed  -- columns withheld because too few persons
from counted
left join core.feed_gaps as gaps using (week_starts)
