-- 上周各层级漏斗：每个阶段的量、步转化率与环比
-- Last week's funnel by tier: each stage's value, its step rate and the change on the week before.
select
    coalesce(tier, 'bank') as tier,
    stage,
    value,
    round(100 * step_rate, 1) as step_rate_percent,
    round(100 * change, 1) as change_percent,
    mature
from published.weekly_steps
where
    level in ('bank', 'tier')
    and week_starts = (select max(weeks.week_starts) from published.weekly_steps as weeks)
order by tier = 'bank' desc, tier, stage_order
