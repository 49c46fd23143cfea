-- Where nothing is withheld, who went to a wealth tier are those in it.
select
    flow.month,
    flow.to_tier,
    flow.customers,
    persons.customers as in_tier
from published.wealth_flow as flow
cross join settings.parameters
inner join published.asset_persons as persons
    on
        flow.month = persons.month
        and flow.to_tier = persons.wealth_tier
        and persons.level = 'bank'
where
    flow.from_tier is null
    and abs(flow.customers - persons.customers) > 2 * (parameters.rounded_to - 1)
