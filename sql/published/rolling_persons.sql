-- Distinct active customers of each day and of the 7 and 30 days that end with it, at each level:
-- a customer counts wherever one of the window's active days belongs, so the levels overlap; the
-- bank counts everybody. The last 400 days that the bank's event feed reaches. A level has rows
-- from its first active day on.
-- grain: day, tier, unit_id, platform, account_id
-- persons: dau, wau, mau
-- nested: tier, unit_id, account_id
-- beside: platform, account_id

with feed as (
    select
        min(deliveries.first_day) as first_day,
        max(cast(deliveries.exported_at as date) - 1) as last_day
    from staging.deliveries
    where deliveries.dataset = 'bank_events' and deliveries.landed > 0
),

days as (
    select calendar.day
    from settings.calendar
    cross join settings.run
    cross join feed
    where calendar.day < run.as_of and calendar.day <= feed.last_day
),

paths as (
    select
        level,
        tier,
        unit_id,
        platform,
        account_id,
        min(day) as first_day
    from core.activity_moves
    group by all
),

-- On every day: who left has to be taken away on days without any activity as well.
moves as (
    select
        days.day,
        paths.level,
        paths.tier,
        paths.unit_id,
        paths.platform,
        paths.account_id,
        coalesce(moves.customers, 0) as customers,
        coalesce(moves.before_7, 0) as before_7,
        coalesce(moves.before_30, 0) as before_30,
        coalesce(moves.again_7, 0) as again_7,
        coalesce(moves.again_30, 0) as again_30
    from paths
    inner join days on paths.first_day <= days.day
    left join core.activity_moves as moves
        on
            days.day = moves.day
            and paths.tier is not distinct from moves.tier
            and paths.unit_id is not distinct from moves.unit_id
            and paths.platform is not distinct from moves.platform
            and paths.account_id is not distinct from moves.account_id
),

counts as (
    select
        day,
        level,
        tier,
        unit_id,
        platform,
        account_id,
        customers as dau,
        sum(customers - before_7) over (
            partition by level, tier, unit_id, platform, account_id
            order by day rows between unbounded preceding and current row
        ) as entered_7,
        sum(customers - before_30) over (
            partition by level, tier, unit_id, platform, account_id
            order by day rows between unbounded preceding and current row
        ) as entered_30,
        sum(customers - again_7) over (
            partition by level, tier, unit_id, platform, account_id
            order by day rows between unbounded preceding and 7 preceding
        ) as left_7,
        sum(customers - again_30) over (
            partition by level, tier, unit_id, platform, account_id
            order by day rows between unbounded preceding and 30 preceding
        ) as left_30
    from moves
),

names as (
    select
        levels.tier,
        levels.unit_id,
        levels.platform,
        levels.path_account_id as account_id,
        max_by(levels.unit_name, levels.day) as unit_name,
        max_by(levels.account_name, levels.day) as account_name
    from core.account_places as levels
    inner join days using (day)
    group by all
)

select
    counts.day,                            -- Asia/Shanghai
    counts.level,                          -- bank, tier, unit, platform or account
    -- head_office, line, branch, unattributed, unregistered; null: the bank, a platform
    counts.tier,
    counts.unit_id,                        -- business line or branch
    names.unit_name,                       -- its name, the latest
    counts.platform,                       -- its own, or that of the account
    counts.account_id,                     -- as in the register
    names.account_name,                    -- as in the register, the latest
    cast(counts.dau as bigint) as dau,     -- customers with a login on the day
    case
        when counts.day >= feed.first_day + 6
            then cast(counts.entered_7 - coalesce(counts.left_7, 0) as bigint)
    end as wau,                            -- in the 7 days to this; null: the feed is too young
    case
        when counts.day >= feed.first_day + 29
            then cast(counts.entered_30 - coalesce(counts.left_30, 0) as bigint)
    end as mau,                            -- in the 30 days to this; null: the feed is too young
    cast(null as varchar) as suppressed    -- columns withheld: too few persons
from counts
inner join days using (day)
cross join settings.run
cross join feed
left join names
    on
        counts.tier is not distinct from names.tier
        and counts.unit_id is not distinct from names.unit_id
        and counts.platform is not distinct from names.platform
        and counts.account_id is not distinct from names.account_id
where counts.day >= run.as_of - 400
