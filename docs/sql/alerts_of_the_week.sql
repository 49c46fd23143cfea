-- 最近一周的预警，最重的在前
-- Alerts of the last week and of its days, the gravest first.
select
    severity,
    period,
    starts_on,
    sentence_zh,
    sentence_en
from published.alerts
where
    starts_on >= (
        select max(steps.week_starts) from published.weekly_steps as steps
    )
order by severity desc, starts_on, sentence_en
