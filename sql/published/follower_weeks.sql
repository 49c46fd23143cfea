-- Followers of each level at the end of the week, and those won and lost in it: won as the weekly
-- funnel has them, so that its stage `follow` and this are one number.
-- grain: week_starts, tier, unit_id, account_id

with last_counts as (
    select
        frame.account_id,
        frame.week_starts,
        counts.followers
    from core.level_weeks as frame
    inner join core.follower_counts as counts
        on
            frame.account_id = counts.account_id
            and counts.day < frame.week_starts + 7
            and counts.day >= frame.week_starts - 24  -- older than a month is no longer known
    where frame.level = 'account'
    qualify row_number() over (
        partition by frame.account_id, frame.week_starts
        order by counts.day desc
    ) = 1
),

won as (
    select
        account_id,
        week_starts,
        total as gained
    from core.account_weeks
    where stage = 'follow'
),

losses as (
    select
        moves.account_id,
        calendar.week_starts,
        cast(sum(moves.lost) as bigint) as lost
    from core.follower_moves as moves
    inner join settings.calendar using (day)
    group by all
)

select
    frame.week,                                       -- ISO week
    frame.week_starts,                                -- its Monday, Asia/Shanghai
    frame.level,                                      -- bank, tier, unit or account
    frame.tier,                                       -- null: the bank
    frame.unit_id,                                    -- business line or branch
    frame.unit_name,                                  -- its name
    frame.platform,                                   -- of the account
    frame.path_account_id as account_id,              -- as in the register
    frame.account_name,                               -- as in the register
    cast(sum(last_counts.followers) as bigint) as followers,  -- at week end; null: nobody counted
    cast(sum(won.gained) as bigint) as gained,        -- followers won
    cast(sum(losses.lost) as bigint) as lost,         -- followers lost; null: not exported
    cast(sum(won.gained - losses.lost) as bigint) as net,  -- where both are known
    count(last_counts.followers) as accounts_reporting,  -- accounts whose followers are known
    count(*) as accounts                              -- accounts of the level
from core.level_weeks as frame
left join last_counts using (account_id, week_starts)
left join won using (account_id, week_starts)
left join losses using (account_id, week_starts)
where frame.account_id <> '(none)'
group by all
