-- A customer is of one platform or unattributed: where nothing is withheld, they sum to the bank.
select
    month,
    wealth_tier,
    sum(case when level = 'bank' then customers end) as bank,
    sum(case when level <> 'bank' then customers end) as platforms
from published.asset_persons
cross join settings.parameters
where level in ('bank', 'platform') or tier = 'unattributed'
group by month, wealth_tier
having
    count(*) = count(customers)
    and abs(sum(case when level = 'bank' then customers else -customers end))
    > count(*) * (max(parameters.rounded_to) - 1)  -- each may be off by that much
