-- How many customers of the bank went from which state of the life cycle to which, from the end of
-- one month to the end of the next, with the sums over each: who came from a state, who is in one.
-- Both kinds of sums come to the same in all, so that one withheld alone would follow from them.
-- All but one of them stand in published.lifecycle too; of those whom nobody knew no sum is told.
-- grain: month, from_state, to_state
-- persons: customers
-- crossed: from_state, to_state

with months as (
    select
        calendar.month,
        max(calendar.day) as ends_on
    from settings.calendar
    group by calendar.month
),

feed as (
    select min(first_day) as first_day
    from staging.deliveries
    where dataset = 'bank_events' and landed > 0
),

flows as (
    select
        moves.month,
        coalesce(moves.from_state, 'unknown') as from_state,
        moves.to_state,
        sum(moves.customers) as customers
    from core.lifecycle_moves as moves
    inner join months using (month)
    cross join settings.run
    cross join settings.parameters
    cross join feed
    where
        months.ends_on < run.as_of
        and moves.month >= feed.first_day + parameters.lost_days
        and moves.month in (
            select cast(earlier.month + interval 1 month as date)
            from core.lifecycle_moves as earlier
        )
    group by all
),

sums as (
    select
        month,
        from_state,
        null as to_state,
        sum(customers) as customers
    from flows
    where from_state <> 'unknown'
    group by all
    union all
    select
        month,
        null as from_state,
        to_state,
        sum(customers) as customers
    from flows
    group by all
    union all
    select
        month,
        from_state,
        to_state,
        customers
    from flows
)

select
    month,       -- its first day, Asia/Shanghai
    from_state,  -- at the end of the month before; unknown: nobody knew them; null: the sum
    to_state,    -- at the end of the month; null: the sum
    cast(customers as bigint) as customers,  -- who went
    cast(null as varchar) as suppressed      -- columns withheld: too few persons
from sums
