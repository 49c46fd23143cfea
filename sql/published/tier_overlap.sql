-- The bank's distinct customers beside the sum of its tiers: who came through several tiers in a
-- week is counted once for the bank and once in each tier.
-- grain: week_starts, stage
-- persons: overlap (sum_of_tiers)

with tiers as (
    select
        week_starts,
        stage,
        case when count(*) = count(persons) then cast(sum(persons) as bigint) end as sum_of_tiers
    from published.weekly_funnel
    where level = 'tier' and stage_order >= 6
    group by all
)

select
    bank.week,                             -- ISO week
    bank.week_starts,                      -- its Monday, Asia/Shanghai
    bank.stage,                            -- arrival … subscription
    bank.stage_order,                      -- 6 … 10
    bank.persons,                          -- distinct customers of the bank
    tiers.sum_of_tiers,                    -- null: a tier is withheld
    -- counted in more than one tier; of rounded numbers it may not come to less than none
    case
        when tiers.sum_of_tiers < bank.persons then 0 else tiers.sum_of_tiers - bank.persons
    end as overlap,
    cast(null as varchar) as suppressed    -- columns withheld because too few persons
from published.weekly_funnel as bank
inner join tiers using (week_starts, stage)
where bank.level = 'bank'
