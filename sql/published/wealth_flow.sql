-- How many customers of the bank went from which wealth tier to which, from one month to the next,
-- with the sums over each: who came from a tier, who is in one. A sum that published.asset_persons
-- withholds, of the month or the one before, is withheld here too.
-- grain: month, from_tier, to_tier
-- persons: customers
-- crossed: from_tier, to_tier

with flows as (
    select
        moves.month,
        coalesce(before.wealth_tier, 'unknown') as from_tier,
        here.wealth_tier as to_tier,
        sum(moves.customers) as customers
    from core.asset_moves as moves
    inner join core.wealth_bands as here on moves.band = here.band
    left join core.wealth_bands as before on moves.from_band = before.band
    where
        moves.month in (
            select known.month from core.asset_moves as known
            where known.from_band >= 0
        )
        and moves.month in (
            select frame.month from core.place_months as frame
            where frame.is_complete
        )
    group by all
),

sums as (
    select
        month,
        from_tier,
        null as to_tier,
        sum(customers) as customers
    from flows
    group by all
    union all
    select
        month,
        null as from_tier,
        to_tier,
        sum(customers) as customers
    from flows
    group by all
    union all
    select
        month,
        from_tier,
        to_tier,
        customers
    from flows
),

withheld as (
    select
        month,
        wealth_tier
    from published.asset_persons
    where level = 'bank' and customers is null
)

select
    sums.month,      -- its first day, Asia/Shanghai
    sums.from_tier,  -- in the month before; unknown: the average was not known; null: the sum
    sums.to_tier,    -- in the month; null: the sum
    cast(sums.customers as bigint) as customers,  -- who went
    -- columns withheld: too few persons
    case when coalesce(came.month, went.month) is not null then 'customers' end as suppressed
from sums
left join withheld as came
    on
        sums.from_tier is null
        and sums.month = came.month
        and sums.to_tier = came.wealth_tier
left join withheld as went
    on
        sums.to_tier is null
        and sums.month = went.month + interval 1 month
        and sums.from_tier = went.wealth_tier
