-- What each experiment says: the rate of every variant with its Wilson interval, and its difference
-- to the control. An experiment that is read once (look rule fixed) has a Newcombe interval when
-- everybody's window is over; one that may be read on any day (sequential) has an always-valid
-- interval instead. Where the persons do not split as planned there is no difference to read.
-- Computed from what is published, so nothing withheld comes back.
-- grain: experiment_id, variant
-- measure: experiment_readout

with rated as (
    select
        *,
        cast(converted as double) / nullif(observed, 0) as rate
    from published.experiment_counts
)

select
    rated.experiment_id,            -- as the bank calls it
    experiments.experiment_name,    -- likewise
    experiments.metric_event,       -- the event that is the success
    experiments.window_days,        -- days from the assignment in which it has to happen
    experiments.look_rule,          -- fixed: read once, at the end; sequential: on any day
    experiments.starts_on,          -- first day of assignment
    experiments.ends_on,            -- last day of assignment; null: none yet
    experiments.is_mature as mature,  -- everybody's window is over
    rated.variant,                  -- as the plan calls it; (several): given more than one
    coalesce(rated.variant = experiments.control, false) as is_control,  -- compared with the others
    rated.planned_share,            -- of the persons, 0 to 1; null: not planned
    rated.assigned,                 -- distinct persons given it
    rated.observed,                 -- of those, whose window is over
    rated.converted,                -- of those, with the event within the window
    rated.rate,                     -- converted / observed
    wilson_low(rated.rate, rated.observed) as rate_low,                -- Wilson 95 %
    wilson_high(rated.rate, rated.observed) as rate_high,               -- Wilson 95 %
    cast(null as double) as difference,        -- rate - rate of the control
    cast(null as double) as difference_low,    -- Newcombe 95 %; look rule fixed
    cast(null as double) as difference_high,   -- Newcombe 95 %; look rule fixed
    cast(null as double) as sequential_low,    -- always-valid 95 %; look rule sequential
    cast(null as double) as sequential_high,   -- always-valid 95 %; look rule sequential
    -- difference that would be found in 80 % of such experiments, at the persons observed
    cast(null as double) as detectable,
    cast(null as double) as ratio_p,           -- of the split, were it as planned (chi-square)
    -- no difference because: no_control, not_planned, several_variants, too_few (withheld),
    -- nobody_observed, immature, ratio_mismatch
    cast(null as varchar) as why_not,
    -- standard deviation of the effects that the always-valid interval expects
    cast(parameters.experiment_effect_sd as double) as effect_sd,
    cast(parameters.ratio_mismatch_p as double) as ratio_limit,  -- below it there is a mismatch
    rated.suppressed                -- columns withheld: too few persons
from rated
cross join settings.parameters
left join core.experiments as experiments using (experiment_id)
