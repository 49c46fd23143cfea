-- Which accounts count towards which level in each complete week, by where they stand on its
-- Sunday. Accounts out of the register appear only in weeks they have numbers for: counts,
-- customers who arrived, or orders.
-- grain: week_starts, account_id, level

with first_seen as (
    select min(day) as day
    from core.daily_contributions
    union all
    select min(day) as day
    from core.arrivals
    where is_coded
    union all
    select min(cast(exported_at as date)) - 7 as day
    from core.post_snapshots
),

weeks as (
    select
        calendar.week_starts,
        calendar.week,
        bool_and(calendar.week_starts + 7 + parameters.funnel_window_days <= run.as_of) as mature
    from settings.calendar
    cross join settings.parameters
    cross join settings.run
    where
        calendar.week_starts + 7 <= run.as_of
        and calendar.day >= (select min(first_seen.day) from first_seen)
    group by all
),

links as (
    select distinct account_id
    from staging.bank_links
),

busy as (
    select
        account_id,
        week_starts
    from core.week_contributions
    union distinct
    select
        arrivals.account_id,
        calendar.week_starts
    from core.arrivals
    inner join settings.calendar using (day)
    union distinct
    select
        orders.account_id,
        calendar.week_starts
    from core.attributed_events as orders
    inner join settings.calendar using (day)
    where orders.event_type = 'wealth_subscription'
)

select
    weeks.week_starts,
    weeks.week,
    weeks.mature,  -- the window of those who came in the week is over
    levels.account_id,
    levels.level,
    -- A number for the level within the week: a short key where many rows are grouped.
    dense_rank() over (
        partition by weeks.week_starts
        order by
            levels.tier nulls first,
            levels.unit_id nulls first,
            levels.path_account_id nulls first
    ) as path,
    levels.tier,
    levels.unit_id,
    levels.unit_name,
    levels.platform,
    levels.path_account_id,
    levels.account_name,
    links.account_id is not null as has_links  -- of its own
from weeks
inner join core.account_levels as levels on weeks.week_starts + 6 = levels.day
inner join
    core.account_days as days
    on levels.account_id = days.account_id and levels.day = days.day
left join links on levels.account_id = links.account_id
where
    days.tier <> 'unregistered'
    or exists (
        select 1
        from busy
        where busy.account_id = levels.account_id and busy.week_starts = weeks.week_starts
    )
