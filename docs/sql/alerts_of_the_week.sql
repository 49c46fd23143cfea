-- 最近一周的预警，最重的在前
-- Alerts of the last week and of its days, the gravest first.
select
    severity,
    period,
    starts_on,
    level,
    tier,
    unit_name,
    platform,
    account_name,
    metric,
    kind,
    value,
    expected_low,
    expected_high
from published.alerts
where
    starts_on >= (
        select max(steps.week_starts) from published.weekly_steps as steps
    )
order by severity desc, starts_on, level, tier, unit_name, account_name, metric, kind
