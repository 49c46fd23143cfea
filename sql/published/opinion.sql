-- What is said under the bank's posts, by week of the comment and level: by what it is about and
-- how grave it is. A comment about several things counts under each, once in all of them. It counts
-- comments and never who wrote them; one alone may be an alert, so few are not withheld.
-- grain: week_starts, tier, unit_id, account_id, aspect, severity

with aspects as (
    select 'fraud' as aspect
    union all
    select 'privacy' as aspect
    union all
    select 'product_loss' as aspect
    union all
    select 'fee' as aspect
    union all
    select 'queue' as aspect
    union all
    select 'service' as aspect
    union all
    select null as aspect
),

about as (
    select
        opinions.account_id,
        opinions.day,
        opinions.sentiment,
        opinions.severity,
        aspects.aspect
    from core.comment_opinions as opinions
    inner join aspects
        on
            aspects.aspect is null
            or concat_ws('', ';', opinions.aspects, ';')
            like concat_ws('', '%;', aspects.aspect, ';%')
),

graded as (
    select
        account_id,
        day,
        aspect,
        sentiment,
        severity
    from about

    union all

    select
        account_id,
        day,
        aspect,
        sentiment,
        null as severity
    from about
),

counted as (
    select
        calendar.week_starts,
        max(calendar.week) as week,
        max(levels.level) as level,
        levels.tier,
        levels.unit_id,
        max(levels.unit_name) as unit_name,
        max(levels.platform) as platform,
        levels.path_account_id as account_id,
        max(levels.account_name) as account_name,
        graded.aspect,
        graded.severity,
        count(*) as comments,
        count(case when graded.sentiment = 'negative' then 1 end) as negative,
        count(case when graded.sentiment = 'positive' then 1 end) as positive
    from graded
    inner join settings.calendar on graded.day = calendar.day
    inner join core.account_levels as levels
        on graded.account_id = levels.account_id and graded.day = levels.day
    group by
        calendar.week_starts,
        levels.tier,
        levels.unit_id,
        levels.path_account_id,
        graded.aspect,
        graded.severity
)

select
    week_starts,                                          -- of the comment; its Monday
    week,                                                 -- of the comment, ISO
    level,                                                -- bank, tier, unit or account
    tier,                                                 -- on the day of the comment; null: bank
    unit_id,                                              -- business line or branch
    unit_name,                                            -- its name
    platform,                                             -- of the account
    account_id,                                           -- as in the register
    account_name,                                         -- as in the register
    aspect,       -- fraud, privacy, product_loss, fee, queue or service; null: all comments
    severity,                                             -- 0 to 3, the gravest; null: all
    comments,                                             -- delivered
    negative,                                             -- of those
    positive,                                             -- of those; the rest is neutral
    cast(negative as double) / comments as negative_share  -- negative / comments
from counted
