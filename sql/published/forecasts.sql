-- Followers, active customers and their assets in the eight weeks to come, with how far the method
-- was off when it was tried on the past. The query gives the past; the measure gives what comes
-- next. Taken of what is published, so nothing withheld comes back.
-- grain: metric, tier, unit_id, platform, account_id, starts_on
-- measure: forecasts

-- Not every account has followers (the app, a queue at the branch), so a level's followers are
-- those of as many accounts as report now; a week of fewer or more is another series.
with followers as (
    select
        *,
        last_value(accounts_reporting) over (
            partition by tier, unit_id, account_id
            order by week_starts
            rows between unbounded preceding and unbounded following
        ) as accounts_now
    from published.follower_weeks
),

past as (
    select
        'followers' as metric,
        'week' as period,
        week_starts as starts_on,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        cast(followers as double) as value
    from followers
    where accounts_reporting = accounts_now
    union all
    select
        'mau' as metric,
        'week' as period,
        active.day - 6 as starts_on,
        active.level,
        active.tier,
        active.unit_id,
        active.unit_name,
        active.platform,
        active.account_id,
        active.account_name,
        cast(active.mau as double) as value
    from published.rolling_active as active
    inner join settings.calendar as calendar
        on active.day = calendar.day and calendar.week_starts = active.day - 6  -- Sundays
    union all
    select
        'aum' as metric,
        'month' as period,
        month as starts_on,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        cast(attributed_aum_yuan as double) as value
    from published.assets
)

select
    -- followers at the end of the week, mau of the 30 days that end with it, or aum: the month's
    -- average assets in yuan of active customers who belong to an account
    metric,
    period,        -- week or month
    starts_on,     -- first day of the period to come, Asia/Shanghai
    level,         -- bank, tier, unit, platform or account
    tier,          -- null: the bank
    unit_id,       -- business line or branch
    unit_name,     -- its name
    platform,      -- the level's, or of the account
    account_id,    -- as in the register
    account_name,  -- as in the register
    value,         -- the forecast
    cast(null as double) as low,         -- four of five errors so far were smaller
    cast(null as double) as high,        -- as low
    cast(null as varchar) as method,     -- last, mean, drift or damped: the one that erred least
    cast(null as double) as error,       -- mean absolute error when tried on the past
    cast(null as bigint) as trials,      -- forecasts of known periods it was tried on
    cast(null as double) as last_value   -- of the latest period known
from past
