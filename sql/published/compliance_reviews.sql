-- Review of texts before they go out, by month of the decision, at every level and by who wrote
-- them. A content counts once, by the decision on the words it was first submitted with; rejected
-- of those passed or rejected is the rejection rate, and texts sent back for another wording stand
-- beside it. Texts that passed are looked at again in samples afterwards: what these miss, a
-- rejection rate cannot tell. Rates of fewer than `review_least` texts are not shown.
-- grain: month, tier, unit_id, account_id, author

with firsts as (
    select *
    from core.review_versions
    where version = 1 and not is_repeated
),

passed as (
    select
        firsts.account_id,
        firsts.content_id,
        min(later.decided_at) as passed_at
    from firsts
    inner join core.review_versions as later
        on
            firsts.account_id = later.account_id
            and firsts.content_id = later.content_id
            and firsts.decided_at <= later.decided_at
    where firsts.decision <> 'pass' and later.decision = 'pass'
    group by firsts.account_id, firsts.content_id
),

facts as (
    select
        firsts.account_id,
        firsts.author,
        cast(firsts.decided_at + interval 8 hours as date) as day,
        firsts.decision,
        (epoch_us(passed.passed_at) - epoch_us(firsts.decided_at)) / 3600000000.0 as hours,
        null as rechecked
    from firsts
    left join passed using (account_id, content_id)

    union all

    select
        account_id,
        author,
        cast(rechecked_at + interval 8 hours as date) as day,
        null as decision,
        null as hours,
        rechecked_decision as rechecked
    from core.review_versions
    where decision = 'pass' and rechecked_at is not null
),

authors as (
    select
        facts.*,
        facts.author as shown_author
    from facts

    union all

    select
        facts.*,
        null as shown_author
    from facts
),

counted as (
    select
        calendar.month,
        max(levels.level) as level,
        levels.tier,
        levels.unit_id,
        max(levels.unit_name) as unit_name,
        max(levels.platform) as platform,
        levels.path_account_id as account_id,
        max(levels.account_name) as account_name,
        authors.shown_author as author,
        count(authors.decision) as submissions,
        count(case when authors.decision in ('pass', 'reject') then 1 end) as decided,
        count(case when authors.decision = 'reject' then 1 end) as rejected,
        count(case when authors.decision = 'revise' then 1 end) as sent_back,
        count(authors.hours) as corrected,
        median(authors.hours) as median_hours,
        count(authors.rechecked) as rechecked,
        count(case when authors.rechecked <> 'pass' then 1 end) as missed
    from authors
    inner join settings.calendar on authors.day = calendar.day
    inner join core.account_levels as levels
        on authors.account_id = levels.account_id and authors.day = levels.day
    group by
        calendar.month,
        levels.tier,
        levels.unit_id,
        levels.path_account_id,
        authors.shown_author
),

rated as (
    select
        counted.*,
        case
            when counted.decided >= parameters.review_least
                then cast(counted.rejected as double) / counted.decided
        end as rejection_rate,
        case
            when counted.rechecked >= parameters.review_least
                then cast(counted.missed as double) / counted.rechecked
        end as miss_rate
    from counted
    cross join settings.parameters
)

select
    rated.month,                        -- of the decision, or the second look; its first day
    rated.month + interval 1 month <= run.as_of as complete,  -- the month ended before the run
    rated.level,                        -- bank, tier, unit or account
    rated.tier,                         -- on the day of the decision; null: the bank
    rated.unit_id,                      -- business line or branch
    rated.unit_name,                    -- its name
    rated.platform,                     -- of the account
    rated.account_id,                   -- as in the register
    rated.account_name,                 -- as in the register
    rated.author,                       -- human or ai; null: both
    rated.submissions,                  -- contents first submitted and decided on
    rated.decided,                      -- of those, passed or rejected as they were
    rated.rejected,                     -- of those decided
    rated.sent_back,                    -- of the submissions, for another wording
    rated.rejection_rate,               -- rejected / decided; null: too few
    wilson_low(rated.rejection_rate, rated.decided) as rate_low,    -- Wilson 95 %
    wilson_high(rated.rejection_rate, rated.decided) as rate_high,  -- Wilson 95 %
    rated.corrected,                    -- not passed at first, passed since
    cast(round(rated.median_hours, 2) as double) as median_hours_to_fix,  -- of those corrected
    rated.rechecked,                    -- passed texts looked at again after publication
    rated.missed,                       -- of those, that should not have passed
    rated.miss_rate                     -- missed / rechecked; null: too few
from rated
cross join settings.run
