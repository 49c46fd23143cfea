-- Of the customers of a cohort, how many were active so many weeks or months later. First-time
-- cohorts are customers by the week or month of their first arrival, under its account; recurring
-- ones are all who were active in a month, under the account they belonged to.
-- grain: cohort_type, period, cohort_starts, age, tier, unit_id, platform, account_id
-- persons: cohort_size, active, active_since
-- nested: tier, unit_id, account_id
-- beside: platform, account_id

with spans as (
    select
        'week' as period,
        week_starts as starts,
        max(day) as ends_on
    from settings.calendar
    group by week_starts
    union all
    select
        'month' as period,
        month as starts,
        max(day) as ends_on
    from settings.calendar
    group by month
),

numbered as (
    select
        period,
        starts,
        ends_on,
        cast(row_number() over (partition by period order by starts) - 1 as bigint) as number
    from spans
),

feed as (
    select
        min(first_day) as first_day,
        max(cast(exported_at as date) - 1) as last_day
    from staging.deliveries
    where dataset = 'bank_events' and landed > 0
),

-- Periods that are over and that the bank's event feed reaches from end to end.
known as (
    select numbered.*
    from numbered
    cross join settings.run
    cross join feed
    where
        numbered.starts >= feed.first_day
        and numbered.ends_on <= feed.last_day
        and numbered.ends_on < run.as_of
),

ages as (
    select
        numbered.period,
        numbered.number as age
    from numbered
    cross join settings.parameters
    where numbered.number <= parameters.retention_periods
),

activity as (
    select
        'first_time' as cohort_type,
        'week' as period,
        day as starts,
        cohort_starts,
        account_id,
        customers
    from core.cohort_weeks
    union all
    select
        cohort_type,
        'month' as period,
        month as starts,
        cohort_starts,
        account_id,
        customers
    from core.cohort_months
),

-- Each cohort at each age: who it has, who was active then, whose last login was then; of a later
-- login than any age tells of, only that it came after.
counts as (
    select
        ends.cohort_type,
        ends.period,
        ends.cohort_starts,
        0 as age,
        ends.account_id,
        ends.customers as cohort_size,
        0 as active,
        0 as gone_after
    from core.cohort_ends as ends
    union all
    select
        activity.cohort_type,
        activity.period,
        activity.cohort_starts,
        later.number - cohorts.number as age,
        activity.account_id,
        0 as cohort_size,
        activity.customers as active,
        0 as gone_after
    from activity
    inner join numbered as cohorts
        on activity.period = cohorts.period and activity.cohort_starts = cohorts.starts
    inner join numbered as later
        on activity.period = later.period and activity.starts = later.starts
    cross join settings.parameters
    where later.number - cohorts.number <= parameters.retention_periods
    union all
    select
        ends.cohort_type,
        ends.period,
        ends.cohort_starts,
        least(later.number - cohorts.number, parameters.retention_periods) as age,
        ends.account_id,
        0 as cohort_size,
        0 as active,
        ends.customers as gone_after
    from core.cohort_ends as ends
    inner join settings.calendar as last_days on ends.last_day = last_days.day
    inner join numbered as cohorts
        on ends.period = cohorts.period and ends.cohort_starts = cohorts.starts
    inner join numbered as later
        on
            ends.period = later.period
            and later.starts = case
                when ends.period = 'week' then last_days.week_starts else last_days.month
            end
    cross join settings.parameters
),

-- Before levels are looked up: few accounts stand for many last days.
account_counts as (
    select
        counts.cohort_type,
        counts.period,
        counts.cohort_starts,
        known.number,
        known.ends_on,
        counts.age,
        counts.account_id,
        sum(counts.cohort_size) as cohort_size,
        sum(counts.active) as active,
        sum(counts.gone_after) as gone_after
    from counts
    cross join settings.run
    inner join known
        on
            counts.period = known.period
            and counts.cohort_starts = known.starts
            and known.starts >= run.as_of - 400
    group by all
),

level_counts as (
    select
        counts.cohort_type,
        counts.period,
        counts.cohort_starts,
        counts.number,
        counts.age,
        levels.level,
        levels.tier,
        levels.unit_id,
        levels.platform,
        levels.path_account_id as account_id,
        max(levels.unit_name) as unit_name,
        max(levels.account_name) as account_name,
        sum(counts.cohort_size) as cohort_size,
        sum(counts.active) as active,
        sum(counts.gone_after) as gone_after
    from account_counts as counts
    inner join core.account_places as levels
        on counts.account_id = levels.account_id and counts.ends_on = levels.day
    group by all
),

cohorts as (
    select
        cohort_type,
        period,
        cohort_starts,
        number,
        level,
        tier,
        unit_id,
        platform,
        account_id,
        max(unit_name) as unit_name,
        max(account_name) as account_name,
        sum(cohort_size) as cohort_size
    from level_counts
    group by all
),

aged as (
    select
        cohorts.*,
        ages.age,
        coalesce(level_counts.active, 0) as active,
        sum(coalesce(level_counts.gone_after, 0)) over (
            partition by
                cohorts.cohort_type,
                cohorts.period,
                cohorts.cohort_starts,
                cohorts.tier,
                cohorts.unit_id,
                cohorts.platform,
                cohorts.account_id
            order by ages.age desc
            rows between unbounded preceding and current row
        ) as active_since
    from cohorts
    inner join ages using (period)
    left join level_counts
        on
            cohorts.cohort_type = level_counts.cohort_type
            and cohorts.period = level_counts.period
            and cohorts.cohort_starts = level_counts.cohort_starts
            and cohorts.tier is not distinct from level_counts.tier
            and cohorts.unit_id is not distinct from level_counts.unit_id
            and cohorts.platform is not distinct from level_counts.platform
            and cohorts.account_id is not distinct from level_counts.account_id
            and ages.age = level_counts.age
)

select
    aged.cohort_type,        -- first_time or recurring
    aged.period,             -- week or month
    aged.cohort_starts,      -- first day of the cohort's week or month, Asia/Shanghai
    aged.age,                -- weeks or months since; 0: the cohort's own
    aged.level,              -- bank, tier, unit, platform or account
    aged.tier,               -- null: the bank, a platform
    aged.unit_id,            -- business line or branch
    aged.unit_name,          -- its name
    aged.platform,           -- its own, or that of the account
    aged.account_id,         -- as in the register
    aged.account_name,       -- as in the register
    cast(aged.cohort_size as bigint) as cohort_size,  -- customers of the cohort
    case
        when known.starts is not null then cast(aged.active as bigint)
    end as active,           -- active in that week or month; null: it is not over
    case
        when known.starts is not null then cast(aged.active_since as bigint)
    end as active_since,     -- active in it or at any time after; null: it is not over
    cast(null as varchar) as suppressed  -- columns withheld: too few persons
from aged
left join known on aged.period = known.period and aged.number + aged.age = known.number
