-- Persons of each variant of each experiment, by the first time they were given it. Who was given
-- several variants is a row of its own, and so is a variant that nobody planned.
-- grain: experiment_id, variant
-- persons: assigned (observed, converted), observed (converted), converted

with counts as (
    select
        experiment_id,
        variant,
        count(*) as assigned,
        count(case when is_observed then 1 end) as observed,
        count(case when is_observed and has_converted then 1 end) as converted
    from core.experiment_persons
    group by all
),

variants as (
    select
        experiment_id,
        variant
    from staging.bank_experiments
    union distinct
    select
        experiment_id,
        variant
    from counts
)

select
    variants.experiment_id,  -- as the bank calls it
    variants.variant,        -- as the plan calls it; (several): given more than one
    plans.planned_share,     -- of the persons, 0 to 1; null: not planned
    cast(coalesce(counts.assigned, 0) as bigint) as assigned,    -- persons given it
    cast(coalesce(counts.observed, 0) as bigint) as observed,    -- of those, whose window is over
    cast(coalesce(counts.converted, 0) as bigint) as converted,  -- of those, with the event in it
    cast(null as varchar) as suppressed  -- columns withheld: too few persons
from variants
left join staging.bank_experiments as plans using (experiment_id, variant)
left join counts using (experiment_id, variant)
