-- The weeks and months in which funnels are entered. An account stands in a period where it stands
-- on the last day of it before the run.
-- grain: period, starts_on, day

with days as (
    select
        'week' as period,
        week_starts as starts_on,
        week as label,
        day
    from settings.calendar
    union all
    select
        'month' as period,
        month as starts_on,
        substr(cast(month as varchar), 1, 7) as label,
        day
    from settings.calendar
),

periods as (
    select
        period,
        starts_on,
        max(day) as ends_on
    from days
    group by all
),

feed as (
    select
        min(first_day) as first_day,
        max(cast(exported_at as date) - 1) as last_day
    from staging.deliveries
    where dataset = 'bank_events' and landed > 0
)

select
    days.period,                                         -- week or month
    days.starts_on,                                      -- its first day, Asia/Shanghai
    days.label,                                          -- 2026-W46, 2026-11
    days.day,
    periods.ends_on,
    least(periods.ends_on, run.as_of - 1) as stands_on,  -- the day of the accounts' standing
    coalesce(
        periods.ends_on < run.as_of
        and periods.starts_on >= feed.first_day and periods.ends_on <= feed.last_day, false
    ) as is_complete                                     -- over, and the feed holds every day
from days
inner join periods on days.period = periods.period and days.starts_on = periods.starts_on
cross join feed
cross join settings.run
where days.day < run.as_of
