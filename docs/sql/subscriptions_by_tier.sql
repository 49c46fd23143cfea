-- 理财申购：各层级的客户、笔数、金额，扣除冷静期撤回；未归因单列
-- Wealth subscriptions by tier, net of those withdrawn; what no touch led to is a row of its own.
select
    week,
    coalesce(tier, 'bank') as tier,
    customers,
    orders,
    amount_yuan,
    withdrawn_orders,
    round(amount_yuan / nullif(orders, 0), 2) as yuan_per_order
from published.subscriptions
where level in ('bank', 'tier')
order by week desc, tier
limit 40
