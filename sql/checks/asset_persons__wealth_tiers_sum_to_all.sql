-- A customer is in one wealth tier a month: where nothing is withheld, they sum to all customers.
select
    month,
    tier,
    unit_id,
    platform,
    account_id,
    sum(case when wealth_tier is null then customers end) as everybody,
    sum(case when wealth_tier is not null then customers end) as in_tiers
from published.asset_persons
group by month, tier, unit_id, platform, account_id
having
    count(*) = count(customers)
    and sum(case when wealth_tier is null then customers end)
    <> sum(case when wealth_tier is not null then customers end)
