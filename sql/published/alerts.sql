-- Numbers that lie outside what their own past makes one expect. Of numbers under ten, and
-- expected to be, nothing is said; but of each day with a comment of severity 3.
-- grain: period, starts_on, tier, unit_id, account_id, metric, kind

with outside as (
    select
        ranges.*,
        abs(ranges.distance) / parameters.watch_spreads as far,
        stages.base_stage
    from published.expected_ranges as ranges
    cross join settings.parameters as parameters
    left join core.stages as stages on ranges.metric = stages.stage
    where
        abs(ranges.distance) >= parameters.watch_spreads
        and (ranges.kind = 'rate' or greatest(ranges.value, ranges.expected) >= 10)
),

-- Comments of the last weeks that nobody may pass over.
grave as (
    select
        opinions.account_id,
        opinions.day,
        count(*) as comments,
        count(
            case
                when opinions.aspects like '%fraud%' or opinions.aspects like '%privacy%' then 1
            end
        ) as of_security
    from core.comment_opinions as opinions
    cross join settings.run
    where opinions.severity = 3 and opinions.day >= run.as_of - 35
    group by opinions.account_id, opinions.day
),

told as (
    select
        period,
        starts_on,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        metric,
        kind,
        case when far >= 2.5 then 3 when far >= 1.5 then 2 else 1 end as severity,
        case when distance > 0 then 'above' else 'below' end as direction,
        value,
        expected,
        expected_low,
        expected_high,
        periods,
        case when kind = 'rate' then base_stage end as previous_stage,
        null as security_comments
    from outside

    union all

    select
        'day' as period,
        grave.day as starts_on,
        'account' as level,
        days.tier,
        days.unit_id,
        days.unit_name,
        days.platform,
        grave.account_id,
        days.account_name,
        'grave_comments' as metric,
        'count' as kind,
        3 as severity,
        'above' as direction,
        grave.comments as value,
        0 as expected,
        null as expected_low,
        null as expected_high,
        null as periods,
        null as previous_stage,
        grave.of_security as security_comments
    from grave
    left join core.account_days as days
        on grave.account_id = days.account_id and grave.day = days.day
)

select
    period,          -- day or week
    starts_on,       -- the day, or the week's Monday; Asia/Shanghai
    level,           -- bank, tier, unit or account
    tier,            -- null: the bank
    unit_id,         -- business line or branch
    unit_name,       -- its name
    platform,        -- of the account
    account_id,      -- as in the register
    account_name,    -- as in the register
    metric,          -- a stage of the funnel, dau, or grave_comments
    kind,            -- count, persons, or rate: of the stage before
    severity,        -- 3: the gravest
    direction,       -- above or below
    value,           -- what it was
    expected,        -- median of the past; of grave comments none
    expected_low,    -- of the usual range
    expected_high,   -- of the usual range
    periods,         -- days or weeks of the past it is compared with; null: with none
    previous_stage,  -- of a rate: the stage it is taken of
    security_comments  -- of grave comments: on fraud or leaked data, for the head of data security
from told
