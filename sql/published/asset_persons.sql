-- Customers and their assets in each month that is over, by wealth tier and level; without a wealth
-- tier, all of them. A customer belongs to one account, as in the life cycle.
-- grain: month, wealth_tier, tier, unit_id, platform, account_id
-- persons: customers (aum_yuan), watched, moved_up, moved_down, point_customers (point_aum_yuan)
-- nested: tier, unit_id, account_id
-- beside: platform, account_id
-- crossed: wealth_tier

with wealth_tiers as (
    select
        band,
        wealth_tier
    from core.wealth_bands
    union all
    select
        null as band,
        null as wealth_tier
),

feed as (
    select
        month,
        sum(customers) > 0 as has_averages,
        sum(point_customers) > 0 as has_points,
        count(from_band) > 0 as has_month_before
    from core.asset_moves
    group by month
),

levels as (
    select
        frame.month,
        wealth_tiers.wealth_tier,
        frame.level,
        frame.tier,
        frame.unit_id,
        frame.unit_name,
        frame.platform,
        frame.path_account_id,
        frame.account_name,
        sum(assets.customers) as customers,
        sum(assets.aum_yuan) as aum_yuan,
        sum(assets.watched) as watched,
        sum(case when assets.from_band < assets.band then assets.customers end) as moved_up,
        sum(case when assets.from_band > assets.band then assets.customers end) as moved_down,
        sum(assets.point_customers) as point_customers,
        sum(assets.point_aum_yuan) as point_aum_yuan
    from core.place_months as frame
    cross join wealth_tiers
    left join core.asset_moves as assets
        on
            frame.month = assets.month
            and frame.account_id = assets.account_id
            and (wealth_tiers.band is null or wealth_tiers.band = assets.band)
    where frame.is_complete
    group by all
)

select
    levels.month,                           -- its first day, Asia/Shanghai
    -- mass, gold, platinum, diamond, private; null: all of them
    levels.wealth_tier,
    levels.level,                           -- bank, tier, unit, platform or account
    levels.tier,                            -- null: the bank, a platform
    levels.unit_id,                         -- business line or branch
    levels.unit_name,                       -- its name
    levels.platform,                        -- its own, or that of the account
    levels.path_account_id as account_id,   -- as in the register
    levels.account_name,                    -- as in the register
    -- whose month average is known; null: none was delivered
    case when feed.has_averages then cast(coalesce(levels.customers, 0) as bigint) end as customers,
    cast(levels.aum_yuan as decimal(18, 2)) as aum_yuan,  -- their month averages, yuan
    -- below their tier for so long that they are watched
    case when feed.has_averages then cast(coalesce(levels.watched, 0) as bigint) end as watched,
    -- from a lower tier in the month before; null: that is not known
    case
        when feed.has_month_before then cast(coalesce(levels.moved_up, 0) as bigint)
    end as moved_up,
    -- from a higher tier in the month before; null: that is not known
    case
        when feed.has_month_before then cast(coalesce(levels.moved_down, 0) as bigint)
    end as moved_down,
    -- whose balance at the end of the last day is known; null: none was delivered
    case
        when feed.has_points then cast(coalesce(levels.point_customers, 0) as bigint)
    end as point_customers,
    cast(levels.point_aum_yuan as decimal(18, 2)) as point_aum_yuan,  -- those balances, yuan
    cast(null as varchar) as suppressed     -- columns withheld: too few persons
from levels
inner join feed using (month)
