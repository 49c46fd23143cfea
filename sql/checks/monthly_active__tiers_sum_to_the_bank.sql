-- A customer belongs to one account a month: where nothing is withheld, the tiers sum to the bank.
select
    month,
    sum(case when level = 'bank' then mau end) as bank,
    sum(case when level = 'tier' then mau end) as tiers
from published.monthly_active
cross join settings.parameters
where level in ('bank', 'tier')
group by month
having
    count(*) = count(mau)
    and abs(sum(case when level = 'bank' then mau else -mau end))
    > count(*) * (max(parameters.rounded_to) - 1)  -- each may be off by that much
