-- The plans of experiments, a variant a row; the latest one counts.
-- grain: experiment_id, variant

select
    experiment_id,
    experiment_name,
    variant,
    is_control,
    planned_share,
    metric_event,
    window_days,
    starts_on,
    ends_on,
    look_rule,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_experiments
cross join settings.run
where cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by experiment_id, variant
    order by exported_at desc, delivery_id desc, source_line
) = 1
