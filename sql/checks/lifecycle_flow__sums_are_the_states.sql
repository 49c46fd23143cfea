-- Where nothing is withheld, who went to a state are those in it, and who left one were in it.
with states as (
    select
        month,
        state,
        customers
    from published.lifecycle
    where level = 'bank'
)

select
    flow.month,
    flow.from_state,
    flow.to_state,
    flow.customers,
    states.customers as in_state
from published.lifecycle_flow as flow
cross join settings.parameters
inner join states
    on
        (flow.from_state is null and flow.month = states.month and flow.to_state = states.state)
        or (
            flow.to_state is null
            and flow.month = states.month + interval 1 month
            and flow.from_state = states.state
        )
where abs(flow.customers - states.customers) > 2 * (parameters.rounded_to - 1)
