-- 每个实验的结论：与对照之差及其区间，或为何不能下结论
-- What each experiment says: the difference to the control with the interval of its look rule, or
-- why there is none to read.
select
    experiment_name,
    variant,
    look_rule,
    observed,
    rate,
    difference,
    coalesce(difference_low, sequential_low) as low,
    coalesce(difference_high, sequential_high) as high,
    detectable,
    ratio_p,
    why_not
from published.experiments
where not is_control
order by experiment_id, variant
