-- What an account lost in the 30 days after a week it won followers in, beyond what it usually
-- loses (the median week of the eight before). Nobody tells who left: what is beyond is taken for
-- those who had just come. That cannot be told where another giveaway is so near that its followers
-- leave in the same days, nor where losses are not exported for all of the days.
-- grain: week_starts, account_id

with weeks as (
    select
        moves.account_id,
        calendar.week_starts,
        -- Whole, as in the weekly funnel: of days that are rounded to a millionth.
        round(round(sum(moves.gained), 3)) as gained,
        sum(moves.lost) as lost,
        count(moves.gained) as gained_days,
        count(moves.lost) as lost_days
    from core.follower_moves as moves
    inner join settings.calendar using (day)
    group by all
),

framed as (
    select
        weeks.account_id,
        weeks.week_starts,
        weeks.gained
    from weeks
    inner join core.level_weeks as frame
        on
            weeks.account_id = frame.account_id
            and weeks.week_starts = frame.week_starts
            and frame.level = 'account'
    where weeks.gained_days = 7
),

usual as (
    select
        framed.account_id,
        framed.week_starts,
        median(earlier.lost) as lost
    from framed
    cross join settings.parameters
    inner join weeks as earlier
        on
            framed.account_id = earlier.account_id
            and earlier.week_starts < framed.week_starts
            and earlier.week_starts >= framed.week_starts - 7 * parameters.watch_weeks
    where earlier.lost_days = 7
    group by framed.account_id, framed.week_starts, parameters.watch_least
    having count(*) >= parameters.watch_least
),

later as (
    select
        framed.account_id,
        framed.week_starts,
        sum(moves.lost) as lost
    from framed
    cross join settings.parameters
    inner join core.follower_moves as moves
        on
            framed.account_id = moves.account_id
            and moves.day >= framed.week_starts + 7
            and moves.day < framed.week_starts + 7 + parameters.follower_stay_days
    group by framed.account_id, framed.week_starts, parameters.follower_stay_days
    having count(moves.lost) = parameters.follower_stay_days
),

giveaways as (
    select distinct
        posts.account_id,
        calendar.week_starts
    from core.post_themes as posts
    inner join settings.calendar on posts.published_on = calendar.day
    where posts.selling_form = 'activity_benefit'
),

crowded as (
    select distinct
        framed.account_id,
        framed.week_starts
    from framed
    cross join settings.parameters
    inner join giveaways
        on
            framed.account_id = giveaways.account_id
            and framed.week_starts <> giveaways.week_starts
            and abs(date_diff('day', framed.week_starts, giveaways.week_starts))
            < 7 + parameters.follower_stay_days
),

judged as (
    select
        framed.week_starts,
        framed.account_id,
        giveaways.account_id is not null as is_giveaway,
        framed.gained,
        usual.lost as usual_lost,
        later.lost as lost_after,
        parameters.follower_stay_days / 7.0 as weeks_after,
        case
            when framed.week_starts + 7 + parameters.follower_stay_days > run.as_of then 'young'
            when crowded.account_id is not null then 'other_giveaway'
            when later.lost is null then 'no_losses'
            when usual.lost is null then 'few_weeks'
            when framed.gained <= 0 then 'none_gained'
        end as missing
    from framed
    cross join settings.parameters
    cross join settings.run
    left join usual using (account_id, week_starts)
    left join later using (account_id, week_starts)
    left join giveaways using (account_id, week_starts)
    left join crowded using (account_id, week_starts)
)

select
    week_starts,
    account_id,
    is_giveaway,                               -- a post of the week offers a benefit
    cast(gained as double) as gained,
    cast(usual_lost as double) as usual_lost,  -- a week
    cast(lost_after as double) as lost_after,
    case
        when missing is null
            then cast(lost_after as double) - cast(usual_lost as double) * weeks_after
    end as excess_lost,                        -- fewer than usual: negative
    missing
from judged
