-- Distinct active customers of each day and of the 7 and 30 days that end with it, at each level:
-- a customer counts wherever one of the window's active days belongs, so the levels overlap; the
-- bank counts everybody. The last 400 days that the bank's event feed reaches. A level has rows
-- from its first active day on.
-- grain: day, tier, unit_id, account_id
-- persons: dau, wau, mau
-- nested: tier, unit_id, account_id

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
        account_id,
        min(day) as first_day
    from core.activity_moves
    group by all
),

changes as (
    select
        day,
        level,
        tier,
        unit_id,
        account_id,
        customers as dau,
        customers as wau,
        customers as mau
    from core.activity_moves
    union all
    select
        least(coalesce(again_on, day + 7), day + 7) as day,
        level,
        tier,
        unit_id,
        account_id,
        0 as dau,
        -customers as wau,
        0 as mau
    from core.activity_moves
    union all
    select
        coalesce(again_on, day + 30) as day,
        level,
        tier,
        unit_id,
        account_id,
        0 as dau,
        0 as wau,
        -customers as mau
    from core.activity_moves
    union all
    select
        days.day,
        paths.level,
        paths.tier,
        paths.unit_id,
        paths.account_id,
        0 as dau,
        0 as wau,
        0 as mau
    from paths
    inner join days on paths.first_day <= days.day
),

day_changes as (
    select
        day,
        level,
        tier,
        unit_id,
        account_id,
        sum(dau) as dau,
        sum(wau) as wau,
        sum(mau) as mau
    from changes
    group by all
),

counts as (
    select
        day,
        level,
        tier,
        unit_id,
        account_id,
        dau,
        sum(wau) over (
            partition by level, tier, unit_id, account_id
            order by day rows between unbounded preceding and current row
        ) as wau,
        sum(mau) over (
            partition by level, tier, unit_id, account_id
            order by day rows between unbounded preceding and current row
        ) as mau
    from day_changes
),

names as (
    select
        levels.tier,
        levels.unit_id,
        levels.path_account_id as account_id,
        max_by(levels.unit_name, levels.day) as unit_name,
        max_by(levels.platform, levels.day) as platform,
        max_by(levels.account_name, levels.day) as account_name
    from core.account_levels as levels
    inner join days using (day)
    group by all
)

select
    counts.day,                            -- Asia/Shanghai
    counts.level,                          -- bank, tier, unit or account
    -- head_office, line, branch, unattributed, unregistered; null: bank
    counts.tier,
    counts.unit_id,                        -- business line or branch
    names.unit_name,                       -- its name, the latest
    names.platform,                        -- of the account
    counts.account_id,                     -- as in the register
    names.account_name,                    -- as in the register, the latest
    cast(counts.dau as bigint) as dau,     -- customers with a login on the day
    case
        when counts.day >= feed.first_day + 6 then cast(counts.wau as bigint)
    end as wau,                            -- in the 7 days to this; null: the feed is too young
    case
        when counts.day >= feed.first_day + 29 then cast(counts.mau as bigint)
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
        and counts.account_id is not distinct from names.account_id
where counts.day >= run.as_of - 400
