-- Numbers that lie outside what their own past makes one expect, each in a sentence. Of numbers
-- under ten, and expected to be, nothing is said; but of each day with a comment of severity 3.
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

meanings as (
    select
        metric,
        max_by(name_zh, version) as name_zh,
        max_by(name_en, version) as name_en
    from published.definitions
    group by all
),

named as (
    select
        outside.*,
        coalesce(
            case
                when outside.level = 'account'
                    then concat_ws('', outside.account_name, '（', outside.platform, '）')
            end,
            outside.unit_name,
            case outside.tier
                when 'head_office' then '总行'
                when 'line' then '业务条线'
                when 'branch' then '分行'
                when 'unattributed' then '未归因'
                when 'unregistered' then '未登记账号'
            end,
            '全行'
        ) as whose_zh,
        coalesce(
            case
                when outside.level = 'account'
                    then concat_ws('', outside.account_name, ' (', outside.platform, ')')
            end,
            outside.unit_name,
            case outside.tier
                when 'head_office' then 'head office'
                when 'line' then 'business lines'
                when 'branch' then 'branches'
                when 'unattributed' then 'unattributed customers'
                when 'unregistered' then 'unregistered accounts'
            end,
            'the bank'
        ) as whose_en,
        coalesce(own.name_zh, outside.metric) as metric_zh,
        coalesce(own.name_en, outside.metric) as metric_en,
        coalesce(base.name_zh, outside.base_stage) as base_zh,
        coalesce(base.name_en, outside.base_stage) as base_en,
        case
            when outside.period = 'day' then cast(outside.starts_on as varchar)
            else calendar.week
        end as label
    from outside
    left join meanings as own on outside.metric = own.metric
    left join meanings as base on outside.base_stage = base.metric
    left join settings.calendar as calendar on outside.starts_on = calendar.day
),

-- Rates in percent with one digit, all else whole.
written as (
    select
        *,
        case when kind = 'rate' then '%' else '' end as unit,
        case
            when kind = 'rate'
                then cast(cast(round(value * 1000) / 10 as decimal(9, 1)) as varchar)
            else cast(cast(round(value) as bigint) as varchar)
        end as value_words,
        case
            when kind = 'rate'
                then cast(cast(round(expected * 1000) / 10 as decimal(9, 1)) as varchar)
            else cast(cast(round(expected) as bigint) as varchar)
        end as expected_words,
        case
            when kind = 'rate'
                then cast(cast(round(expected_low * 1000) / 10 as decimal(9, 1)) as varchar)
            else cast(cast(round(expected_low) as bigint) as varchar)
        end as expected_low_words,
        case
            when kind = 'rate'
                then cast(cast(round(expected_high * 1000) / 10 as decimal(9, 1)) as varchar)
            else cast(cast(round(expected_high) as bigint) as varchar)
        end as expected_high_words,
        case
            when kind = 'rate' then concat_ws('', base_zh, '到', metric_zh, '转化率')
            else metric_zh
        end as number_zh,
        case
            when kind = 'rate' then concat_ws('', base_en, ' to ', lower(metric_en))
            else metric_en
        end as number_en
    from named
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
        concat_ws(
            '',
            whose_zh,
            ' ',
            label,
            ' ',
            number_zh,
            ' ',
            value_words,
            unit,
            case when distance > 0 then '，高于' else '，低于' end,
            '通常范围 ',
            expected_low_words,
            unit,
            '–',
            expected_high_words,
            unit,
            '（前 ',
            cast(periods as varchar),
            case when period = 'day' then ' 个同星期几的中位数 ' else ' 周中位数 ' end,
            expected_words,
            unit,
            '）'
        ) as sentence_zh,
        concat_ws(
            '',
            number_en,
            ' of ',
            whose_en,
            ', ',
            label,
            ': ',
            value_words,
            unit,
            case when distance > 0 then ', above the usual ' else ', below the usual ' end,
            expected_low_words,
            unit,
            '–',
            expected_high_words,
            unit,
            ' (median of ',
            cast(periods as varchar),
            case when period = 'day' then ' such weekdays before: ' else ' weeks before: ' end,
            expected_words,
            unit,
            ')'
        ) as sentence_en
    from written

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
        concat_ws(
            '',
            coalesce(days.account_name, grave.account_id),
            '（',
            days.platform,
            '） ',
            cast(grave.day as varchar),
            ' 严重评论 ',
            cast(grave.comments as varchar),
            ' 条',
            case
                when grave.of_security > 0
                    then concat_ws(
                        '', '，其中涉诈骗或信息泄露 ', cast(grave.of_security as varchar),
                        ' 条，须报数据安全负责人'
                    )
            end
        ) as sentence_zh,
        concat_ws(
            '',
            cast(grave.comments as varchar),
            case when grave.comments = 1 then ' grave comment' else ' grave comments' end,
            ' under ',
            coalesce(days.account_name, grave.account_id),
            ' (',
            days.platform,
            '), ',
            cast(grave.day as varchar),
            case
                when grave.of_security > 0
                    then concat_ws(
                        '', '; ', cast(grave.of_security as varchar),
                        ' on fraud or leaked data, for the head of data security'
                    )
            end
        ) as sentence_en
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
    sentence_zh,     -- in Chinese
    sentence_en      -- in English
from told
