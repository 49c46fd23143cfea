-- Distinct customers of the bank are at least those of its largest tier, at most the tiers' sum.
select
    bank.week,
    bank.stage,
    bank.persons,
    max(tiers.persons) as largest_tier,
    sum(tiers.persons) as sum_of_tiers
from published.weekly_funnel as bank
cross join settings.parameters
inner join published.weekly_funnel as tiers using (week_starts, stage)
where bank.level = 'bank' and tiers.level = 'tier' and bank.stage_order >= 6
group by bank.week, bank.stage, bank.persons
having
    max(tiers.persons) > bank.persons
    or (
        count(*) = count(tiers.persons)
        and bank.persons - sum(tiers.persons) > (count(*) + 1) * (max(parameters.rounded_to) - 1)
    )
