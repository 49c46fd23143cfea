-- The post-loan check list: merchants of whom a number has been falling long and far enough in the
-- latest week there is. For authorised analysts, who make ids of tokens as the bank does; a signal
-- is a reason to look, not a finding.
-- grain: merchant_token, metric

with latest as (
    select max(week_starts) as week_starts
    from core.merchant_runs
)

select
    runs.merchant_token,
    runs.metric,        -- visits, orders or settlement
    runs.week_starts,   -- Monday of the latest week
    runs.weeks_down,    -- in a row, this one too
    runs.begun_at,      -- in the week before they began
    runs.amount,        -- in this one
    runs.fallen_share,  -- of begun_at
    -- whether the week before was a signal already
    coalesce(earlier.is_signal, false) as was_signal
from core.merchant_runs as runs
inner join latest using (week_starts)
left join core.merchant_runs as earlier
    on
        runs.merchant_token = earlier.merchant_token
        and runs.metric = earlier.metric
        and runs.week_starts = earlier.week_starts + 7
where runs.is_signal
