-- 新活跃客户 30、60、90 天内月日均 AUM 达标的比例，按月、按层级；mature 为真才可比较
-- Newly active customers who reach the AUM threshold in 30, 60 and 90 days, by month and tier.
select
    month,
    coalesce(tier, 'bank') as tier,
    days,
    newly_active,
    reached,
    round(reached_rate, 4) as reached_rate,
    round(rate_low, 4) as low,
    round(rate_high, 4) as high,
    mature
from published.mau_to_aum
where level in ('bank', 'tier')
order by month, tier, days
