-- The levels of core.level_months and, beside them, the platforms: an account is a part of its unit
-- and of its platform. Who belongs to no account is one row, which is on both ways.
-- grain: month, account_id, level

with levels as (
    select
        month,
        is_complete,
        account_id,
        level,
        tier,
        unit_id,
        unit_name,
        case
            when tier = 'unattributed' then 'unattributed'
            else platform
        end as platform,
        path_account_id,
        account_name
    from core.level_months
    union all
    select
        month,
        is_complete,
        account_id,
        'platform' as level,
        null as tier,
        null as unit_id,
        null as unit_name,
        platform,
        null as path_account_id,
        null as account_name
    from core.level_months
    where level = 'account'
)

select
    month,            -- first day, Asia/Shanghai
    is_complete,
    account_id,
    level,            -- bank, tier, unit, platform or account
    tier,
    unit_id,
    unit_name,
    platform,         -- of a platform and of an account; unattributed: of none
    path_account_id,
    account_name
from levels
