-- Merchants by week: how many delivered a number, were below their week before, and have been
-- falling long and far enough to be looked at. Empty unless the bank opts in by naming the purpose
-- that merchants consented to.
-- grain: week_starts, metric
-- persons: merchants, comparable (down_share), down (down_share), signals, new_signals
-- rates: down_share = down / comparable

with counts as (
    select
        runs.week_starts,
        runs.metric,
        count(*) as merchants,
        count(runs.before) as comparable,
        count(case when runs.weeks_down > 0 then 1 end) as down,
        count(case when runs.is_signal then 1 end) as signals,
        count(
            case when runs.is_signal and not coalesce(earlier.is_signal, false) then 1 end
        ) as new_signals
    from core.merchant_runs as runs
    left join core.merchant_runs as earlier
        on
            runs.merchant_token = earlier.merchant_token
            and runs.metric = earlier.metric
            and runs.week_starts = earlier.week_starts + 7
    group by all
),

weeks as (
    select distinct
        week,
        week_starts
    from settings.calendar
)

select
    weeks.week,           -- 2026-W46
    counts.week_starts,   -- Monday
    counts.metric,        -- visits, orders or settlement
    counts.merchants,     -- that delivered it and consented
    counts.comparable,    -- of those, that delivered it the week before too
    counts.down,          -- of those, below the week before
    cast(counts.down as double) / nullif(counts.comparable, 0) as down_share,  -- down / comparable
    counts.signals,       -- down for as many weeks and by as much as the parameters say
    counts.new_signals,   -- of those, not in the week before
    cast(null as varchar) as suppressed  -- columns withheld: too few persons
from counts
inner join weeks using (week_starts)
