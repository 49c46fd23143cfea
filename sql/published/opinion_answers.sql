-- Questions and complaints under the bank's posts and the answers to them, by week of the comment
-- and level. Of accounts whose files never tell an answer nothing is known, and they are left out.
-- grain: week_starts, tier, unit_id, account_id, kind

with told as (
    select distinct account_id
    from core.comment_opinions
    where response_seconds is not null
),

kinds as (
    select
        account_id,
        day,
        'question' as kind,
        response_seconds
    from core.comment_opinions
    where is_question

    union all

    select
        account_id,
        day,
        'complaint' as kind,
        response_seconds
    from core.comment_opinions
    where severity > 0
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
        kinds.kind,
        count(*) as comments,
        count(kinds.response_seconds) as answered,
        median(kinds.response_seconds) as median_seconds,
        min(case when kinds.response_seconds is null then kinds.day end) as oldest
    from kinds
    inner join told using (account_id)
    inner join settings.calendar on kinds.day = calendar.day
    inner join core.account_levels as levels
        on kinds.account_id = levels.account_id and kinds.day = levels.day
    group by
        calendar.week_starts,
        levels.tier,
        levels.unit_id,
        levels.path_account_id,
        kinds.kind
)

select
    counted.week_starts,   -- of the comment; its Monday
    counted.week,          -- of the comment, ISO
    counted.level,         -- bank, tier, unit or account
    counted.tier,          -- on the day of the comment; null: the bank
    counted.unit_id,       -- business line or branch
    counted.unit_name,     -- its name
    counted.platform,      -- of the account
    counted.account_id,    -- as in the register
    counted.account_name,  -- as in the register
    counted.kind,          -- question or complaint; a comment may be both
    counted.comments,      -- of the kind
    counted.answered,      -- of those, by the account
    counted.comments - counted.answered as unanswered,  -- of those, so far
    cast(round(counted.median_seconds / 36.0) as bigint) / 100.0
        as median_response_hours,  -- of those answered
    date_diff('day', counted.oldest, run.as_of) as oldest_unanswered_days  -- null: all are answered
from counted
cross join settings.run
