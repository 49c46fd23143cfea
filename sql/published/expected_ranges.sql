-- What each number is expected to be by its own past: a day by the same weekday of the weeks
-- before, a week by the weeks before. The range is the median and so many spreads around it. A
-- spread is the median absolute deviation, put on the scale of a standard deviation (1.4826;
-- Rousseeuw, Croux 1993) and no smaller than chance alone makes it. A rate of persons lies outside
-- only where its whole interval does. Days are those of the last five weeks.
-- Computed from what is published, so nothing withheld comes back.
-- grain: period, starts_on, tier, unit_id, account_id, metric, kind

with by_week as (
    select
        steps.*,
        case when stages.depth = 0 then 'count' else 'persons' end as kind
    from published.weekly_steps as steps
    inner join core.stages using (stage)
    where steps.complete and steps.mature
),

by_day as (
    select
        contributions.day,
        contributions.account_id,
        contributions.stage as metric,
        sum(contributions.amount) as amount
    from core.daily_contributions as contributions
    group by all
),

series as (
    select
        'week' as period,
        week_starts as starts_on,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        stage as metric,
        kind,
        cast(value as double) as value,
        cast(value as double) as low,
        cast(value as double) as high,
        cast(null as bigint) as n
    from by_week
    union all
    select
        'week' as period,
        week_starts as starts_on,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        stage as metric,
        'rate' as kind,
        step_rate as value,
        coalesce(rate_low, step_rate) as low,
        coalesce(rate_high, step_rate) as high,
        n
    from by_week
    union all
    select
        'day' as period,
        day as starts_on,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        'dau' as metric,
        'persons' as kind,
        cast(dau as double) as value,
        cast(dau as double) as low,
        cast(dau as double) as high,
        cast(null as bigint) as n
    from published.rolling_active
    where level <> 'platform'
    union all
    select
        'day' as period,
        by_day.day as starts_on,
        'account' as level,
        days.tier,
        days.unit_id,
        days.unit_name,
        days.platform,
        by_day.account_id,
        days.account_name,
        by_day.metric,
        'count' as kind,
        cast(by_day.amount as double) as value,
        cast(by_day.amount as double) as low,
        cast(by_day.amount as double) as high,
        cast(null as bigint) as n
    from by_day
    inner join core.account_days as days using (account_id, day)
),

-- Counts of a platform burst by factors, so they are measured by their logarithm.
known as (
    select
        *,
        case when kind = 'count' then ln(1 + value) else value end as x,
        case when kind = 'count' then ln(1 + value) else low end as x_low,
        case when kind = 'count' then ln(1 + value) else high end as x_high,
        date_diff('day', date '2000-01-03', starts_on) % 7 as season,
        row_number() over (
            order by period, starts_on, tier, unit_id, account_id, metric, kind
        ) as number
    from series
    where value is not null and value >= 0
),

paired as (
    select
        each.number,
        past.value,
        past.x
    from known as each
    cross join settings.parameters as parameters
    cross join settings.run
    inner join known as past
        on
            each.period = past.period
            and each.metric = past.metric
            and each.kind = past.kind
            and each.season = past.season
            and each.tier is not distinct from past.tier
            and each.unit_id is not distinct from past.unit_id
            and each.account_id is not distinct from past.account_id
            and each.starts_on > past.starts_on
            and past.starts_on >= each.starts_on - parameters.watch_weeks * 7
    where each.period = 'week' or each.starts_on >= run.as_of - 35
),

centers as (
    select
        number,
        median(value) as expected,
        median(x) as center,
        count(*) as periods
    from paired
    group by all
),

deviations as (
    select
        paired.number,
        median(abs(paired.x - centers.center)) as deviation
    from paired
    inner join centers using (number)
    group by all
),

ranges as (
    select
        known.*,
        centers.expected,
        centers.center,
        centers.periods,
        greatest(
            1.4826 * deviations.deviation,
            case known.kind
                -- A tenth comes and goes by itself where posts do.
                when 'count' then greatest(0.1, pow(exp(centers.center), -0.5))
                when 'persons' then sqrt(greatest(centers.center, 1.0))
                -- As if one more had gone on and one more had not, so that none is sure.
                when 'rate'
                    then sqrt(
                        (centers.center * known.n + 1)
                        * (known.n - centers.center * known.n + 1)
                        / pow(cast(known.n + 2 as double), 3)
                    )
            end
        ) as spread
    from known
    inner join centers using (number)
    inner join deviations using (number)
    cross join settings.parameters as parameters
    where centers.periods >= parameters.watch_least
),

bounds as (
    select
        ranges.*,
        ranges.center - parameters.watch_spreads * ranges.spread as bottom,
        ranges.center + parameters.watch_spreads * ranges.spread as top
    from ranges
    cross join settings.parameters as parameters
)

select
    period,        -- day or week
    starts_on,     -- the day, or the week's Monday; Asia/Shanghai
    level,         -- bank, tier, unit or account
    tier,          -- null: the bank
    unit_id,       -- business line or branch
    unit_name,     -- its name
    platform,      -- of the account
    account_id,    -- as in the register
    account_name,  -- as in the register
    metric,        -- a stage of the funnel, or dau
    kind,          -- count, persons, or rate: of the stage before
    value,         -- what it was
    expected,      -- median
    case
        when kind = 'count' then greatest(0.0, exp(bottom) - 1)
        else greatest(0.0, bottom)
    end as expected_low,  -- so many spreads below it
    case when kind = 'count' then exp(top) - 1 else top end as expected_high,   -- and above it
    periods,       -- days or weeks of the past it is taken of
    case
        when x_low > center then (x_low - center) / spread
        when x_high < center then (x_high - center) / spread
        else 0.0
    end as distance  -- spreads from the expected; below it negative
from bounds
