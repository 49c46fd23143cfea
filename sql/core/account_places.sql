-- The levels of core.account_levels and, beside them, the platforms: an account is a part of its
-- unit and of its platform. What belongs to no account is one row, which is on both ways.
-- grain: account_id, day, level
-- per: month

with places as (
    select
        account_id,
        day,
        level,
        tier,
        unit_id,
        unit_name,
        case when tier = 'unattributed' then 'unattributed' else platform end as platform,
        path_account_id,
        account_name
    from core.account_levels
    union all
    select
        account_id,
        day,
        'platform' as level,
        null as tier,
        null as unit_id,
        null as unit_name,
        platform,
        null as path_account_id,
        null as account_name
    from core.account_levels
    where level = 'account'
)

select
    account_id,
    day,              -- Asia/Shanghai
    level,            -- bank, tier, unit, platform or account
    tier,
    unit_id,
    unit_name,
    platform,         -- of a platform and of an account; unattributed: of none
    path_account_id,
    account_name
from places
