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
cross join settings.parameters
group by month, tier, unit_id, platform, account_id
having
    count(*) = count(customers)
    and abs(sum(case when wealth_tier is null then customers else -customers end))
    > count(*) * (max(parameters.rounded_to) - 1)  -- each may be off by that much
