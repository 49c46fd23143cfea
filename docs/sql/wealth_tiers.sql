-- 各财富层级的客户、AUM 占比与关注客户，全行，最近一个完整月
-- Customers, shares and watched customers by wealth tier, of the latest month that is over.
select
    month,
    wealth_tier,
    customers,
    round(customer_share, 4) as customer_share,
    round(aum_share, 4) as aum_share,
    aum_per_customer,
    watched,
    moved_up,
    moved_down
from published.wealth_tiers
where level = 'bank' and month = (select max(known.month) from published.wealth_tiers as known)
order by wealth_order
