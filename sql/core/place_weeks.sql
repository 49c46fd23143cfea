-- The levels of core.level_weeks and, across them, the platforms: bank, tier and unit are each
-- the sum of their platforms. What belongs to no account is a platform of its own.
-- grain: week_starts, account_id, level

with places as (
    select
        week_starts,
        week,
        mature,
        account_id,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        path_account_id,
        account_name
    from core.level_weeks
    union all
    select
        levels.week_starts,
        levels.week,
        levels.mature,
        levels.account_id,
        case levels.level
            when 'bank' then 'platform'
            when 'tier' then 'tier_platform'
            else 'unit_platform'
        end as level,
        levels.tier,
        levels.unit_id,
        levels.unit_name,
        coalesce(accounts.platform, 'unattributed') as platform,
        null as path_account_id,
        null as account_name
    from core.level_weeks as levels
    left join core.level_weeks as accounts
        on
            levels.week_starts = accounts.week_starts
            and levels.account_id = accounts.account_id
            and accounts.level = 'account'
    where levels.level <> 'account'
)

select
    week_starts,
    week,
    mature,           -- the window of those who came in the week is over
    account_id,
    level,            -- bank, tier, unit, account; platform, tier_platform, unit_platform
    -- A number for the place within the week: a short key where many rows are grouped.
    dense_rank() over (
        partition by week_starts
        order by
            tier nulls first,
            unit_id nulls first,
            platform nulls first,
            path_account_id nulls first
    ) as path,
    tier,
    unit_id,
    unit_name,
    platform,         -- of a platform and of an account; unattributed: of none
    path_account_id,
    account_name
from places
