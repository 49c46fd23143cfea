-- The levels an account counts towards on each day: itself, its unit, its tier, the bank. Joining
-- facts to this and grouping by the level path counts them once at each level.
-- grain: account_id, day, level
-- per: month

with levels as (
    select 'bank' as level
    union all
    select 'tier' as level
    union all
    select 'unit' as level
    union all
    select 'account' as level
)

select
    account_days.account_id,
    account_days.day,
    levels.level,
    case when levels.level <> 'bank' then account_days.tier end as tier,
    case when levels.level in ('unit', 'account') then account_days.unit_id end as unit_id,
    case when levels.level in ('unit', 'account') then account_days.unit_name end as unit_name,
    case
        when levels.level = 'account' then coalesce(account_days.platform, 'unknown')
    end as platform,
    case when levels.level = 'account' then account_days.account_id end as path_account_id,
    case when levels.level = 'account' then account_days.account_name end as account_name
from core.account_days
cross join levels
where account_days.account_id <> '(none)' or levels.level in ('bank', 'tier')
