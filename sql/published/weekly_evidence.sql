-- Every cell that adds up to a count stage of an account in a week, with the file it came from:
-- the way back from a number on the page. For clicks, the first of the day's lines; none in a week
-- that the event feed does not reach, whose number is unknown.
-- grain: week_starts, account_id, stage, day, source_file, source_sheet, source_line

select
    frame.week,                                  -- ISO week
    contributions.week_starts,                   -- its Monday, Asia/Shanghai
    contributions.account_id,                    -- as in the register
    contributions.stage,                         -- exposure … click
    contributions.day,                           -- null: an interval between two exports of a post
    cast(contributions.amount as double) as amount,  -- what the cell adds
    contributions.estimated,                     -- part of an interval that reaches beyond the week
    contributions.source_file,                   -- path below the inbox
    contributions.source_sheet,                  -- in a workbook
    contributions.source_line                    -- line or row, from 1
from core.week_contributions as contributions
inner join core.level_weeks as frame using (week_starts, account_id)
left join core.feed_gaps as gaps on contributions.week_starts = gaps.week_starts
where
    frame.level = 'account'
    and (contributions.stage <> 'click' or coalesce(gaps.is_partly_known, true))
