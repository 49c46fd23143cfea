-- A customer belongs to one account a month: where nothing is withheld, the tiers sum to the bank.
select
    month,
    sum(case when level = 'bank' then mau end) as bank,
    sum(case when level = 'tier' then mau end) as tiers
from published.monthly_active
where level in ('bank', 'tier')
group by month
having
    count(*) = count(mau)
    and sum(case when level = 'bank' then mau end) <> sum(case when level = 'tier' then mau end)
