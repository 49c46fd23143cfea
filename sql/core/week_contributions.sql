-- What adds to a count stage of an account in a week, cell by cell. A platform's daily export is
-- used where there is one for the week; otherwise the increments of its posts, each spread evenly
-- over the days it covers and flagged as estimated where it reaches beyond the week.
-- grain: account_id, week_starts, stage, day, source_file, source_sheet, source_line

with weeks as (
    select distinct week_starts
    from settings.calendar
    cross join settings.run
    where week_starts + 7 <= run.as_of
),

daily as (
    select
        contributions.account_id,
        calendar.week_starts,
        contributions.stage,
        contributions.day,
        contributions.day + 1 as covers_until,
        cast(contributions.amount as decimal(18, 6)) as amount,
        false as estimated,
        contributions.source_file,
        contributions.source_sheet,
        contributions.source_line
    from core.daily_contributions as contributions
    inner join settings.calendar using (day)
    inner join weeks using (week_starts)
),

increments as (
    select
        account_id,
        covers_from,
        covers_until,
        'exposure' as stage,
        impressions_added as amount,
        source_file,
        source_sheet,
        source_line
    from core.post_increments
    union all
    select
        account_id,
        covers_from,
        covers_until,
        'read' as stage,
        reads_added as amount,
        source_file,
        source_sheet,
        source_line
    from core.post_increments
    union all
    select
        account_id,
        covers_from,
        covers_until,
        'engagement' as stage,
        engagement_added as amount,
        source_file,
        source_sheet,
        source_line
    from core.post_increments
    union all
    select
        account_id,
        covers_from,
        covers_until,
        'follow' as stage,
        followers_gained_added as amount,
        source_file,
        source_sheet,
        source_line
    from core.post_increments
    union all
    select
        account_id,
        covers_from,
        covers_until,
        'intent' as stage,
        intents_added as amount,
        source_file,
        source_sheet,
        source_line
    from core.post_increments
),

covered as (
    select
        *,
        date_diff('day', covers_from, covers_until) as days
    from increments
    where amount is not null
),

spread as (
    select
        covered.account_id,
        weeks.week_starts,
        covered.stage,
        cast(null as date) as day,
        covered.covers_until,
        cast(
            round(
                covered.amount
                * date_diff(
                    'day',
                    greatest(covered.covers_from, weeks.week_starts),
                    least(covered.covers_until, weeks.week_starts + 7)
                )
                * 1000000
                / covered.days
            ) / 1000000
            as decimal(18, 6)
        ) as amount,
        covered.covers_from < weeks.week_starts
        or covered.covers_until > weeks.week_starts + 7 as estimated,
        covered.source_file,
        covered.source_sheet,
        covered.source_line
    from covered
    inner join weeks
        on
            covered.covers_from < weeks.week_starts + 7
            and covered.covers_until > weeks.week_starts
),

has_daily as (
    select distinct
        account_id,
        week_starts,
        stage
    from daily
),

-- A file delivered again under its name may tell of another post on the same line.
from_posts as (
    select
        spread.account_id,
        spread.week_starts,
        spread.stage,
        spread.day,
        max(spread.covers_until) as covers_until,
        cast(sum(spread.amount) as decimal(18, 6)) as amount,
        bool_or(spread.estimated) as estimated,
        spread.source_file,
        spread.source_sheet,
        spread.source_line
    from spread
    left join has_daily
        using (account_id, week_starts, stage)
    where has_daily.account_id is null
    group by all
),

contributions as (
    select * from daily
    union all
    select * from from_posts
)

select
    account_id,
    week_starts,  -- Monday
    stage,
    day,          -- null: an interval of a post
    covers_until,
    amount,
    estimated,
    source_file,
    source_sheet,
    source_line
from contributions
