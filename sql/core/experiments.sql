-- Experiments as planned: what all variants share, from the row of the control.
-- grain: experiment_id

with plans as (
    select
        *,
        sum(case when is_control then 1 else 0 end) over (partition by experiment_id) as controls
    from staging.bank_experiments
    qualify row_number() over (
        partition by experiment_id
        order by case when is_control then 0 else 1 end, variant
    ) = 1
),

windowed as (
    select
        plans.*,
        coalesce(plans.window_days, parameters.funnel_window_days) as days
    from plans
    cross join settings.parameters
)

select
    windowed.experiment_id,
    windowed.experiment_name,
    case when windowed.controls = 1 then windowed.variant end as control,  -- null: none, or several
    windowed.metric_event,
    cast(windowed.days as bigint) as window_days,
    windowed.starts_on,
    windowed.ends_on,   -- null: none yet
    windowed.look_rule,
    coalesce(
        windowed.ends_on + interval 1 day + windowed.days * interval 1 day <= run.as_of, false
    ) as is_mature      -- everybody's window is over
from windowed
cross join settings.run
