-- The check list holds as many merchants as the latest week is said to have signals, but for what
-- is rounded.
with latest as (
    select max(week_starts) as week_starts
    from published.merchant_signals
),

listed as (
    select
        week_starts,
        metric,
        count(*) as listed
    from core.merchant_checks
    group by all
)

select
    signals.metric,
    signals.signals,
    listed.listed
from published.merchant_signals as signals
inner join latest using (week_starts)
left join listed using (week_starts, metric)
cross join settings.parameters
where abs(signals.signals - coalesce(listed.listed, 0)) >= parameters.rounded_to
