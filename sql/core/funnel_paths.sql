-- The levels an account counts towards in each week and month of entry, by where it stands at the
-- end of it, with a number for each: a short key where many rows are grouped.
-- grain: period, starts_on, account_id, level

with standing as (
    select distinct
        period,
        starts_on,
        stands_on
    from core.funnel_periods
)

select
    standing.period,     -- week or month
    standing.starts_on,  -- its first day, Asia/Shanghai
    calendar.month,      -- in which it starts
    levels.account_id,
    levels.level,
    dense_rank() over (
        partition by standing.period, standing.starts_on
        order by
            levels.tier nulls first,
            levels.unit_id nulls first,
            levels.path_account_id nulls first
    ) as path,           -- 1: the bank
    levels.tier,
    levels.unit_id,
    levels.unit_name,
    levels.platform,
    levels.path_account_id,
    levels.account_name
from standing
inner join settings.calendar as calendar on standing.starts_on = calendar.day
inner join core.account_levels as levels on standing.stands_on = levels.day
