-- Which accounts count towards which level in each month, by where they stand on its last day
-- before the run. Accounts out of the register appear only while they win arrivals or customers, or
-- are paid for.
-- grain: month, account_id, level

with months as (
    select
        calendar.month,
        least(max(calendar.day), max(run.as_of) - 1) as stands_on,
        max(calendar.day) < max(run.as_of) as is_complete
    from settings.calendar
    cross join settings.run
    where
        calendar.month < run.as_of
        and calendar.month >= (select min(customers.month) from core.account_months as customers)
    group by all
),

busy as (
    select
        account_id,
        month
    from core.account_months
    union distinct
    select
        became.account_id,
        calendar.month
    from core.new_customers as became
    inner join settings.calendar using (day)
    union distinct
    select
        arrivals.account_id,
        calendar.month
    from core.arrivals as arrivals
    inner join settings.calendar using (day)
    union distinct
    select
        spend.account_id,
        calendar.month
    from staging.bank_spend as spend
    inner join settings.calendar on spend.spent_on = calendar.day
)

select
    months.month,
    months.is_complete,
    levels.account_id,
    levels.level,
    levels.tier,
    levels.unit_id,
    levels.unit_name,
    levels.platform,
    levels.path_account_id,
    levels.account_name
from months
inner join core.account_levels as levels on months.stands_on = levels.day
inner join
    core.account_days as days
    on levels.account_id = days.account_id and levels.day = days.day
where
    days.tier <> 'unregistered'
    or exists (
        select 1
        from busy
        where busy.account_id = levels.account_id and busy.month = months.month
    )
