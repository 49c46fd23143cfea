-- A customer is of one platform or unattributed: where nothing is withheld, they sum to the bank.
select
    month,
    wealth_tier,
    sum(case when level = 'bank' then customers end) as bank,
    sum(case when level <> 'bank' then customers end) as platforms
from published.asset_persons
where level in ('bank', 'platform') or tier = 'unattributed'
group by month, wealth_tier
having
    count(*) = count(customers)
    and sum(case when level = 'bank' then customers end)
    <> sum(case when level <> 'bank' then customers end)
