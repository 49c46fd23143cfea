-- The customers of each experiment: what they were given first, and whether the event of its metric
-- followed within its window, boundary inclusive. Who was given several variants is in none.
-- grain: experiment_id, customer_token

with assigned as (
    select
        experiments.experiment_id,
        assignments.customer_token,
        case
            when count(distinct assignments.variant) > 1 then '(several)'
            else min(assignments.variant)
        end as variant,
        min(assignments.assigned_at) as assigned_at,
        max(experiments.metric_event) as metric_event,
        max(experiments.window_days) as window_days
    from staging.bank_assignments as assignments
    inner join core.experiments as experiments
        on
            assignments.experiment_id = experiments.experiment_id
            and cast(assignments.assigned_at + interval 8 hours as date) >= experiments.starts_on
            and (
                experiments.ends_on is null
                or cast(assignments.assigned_at + interval 8 hours as date) <= experiments.ends_on
            )
    group by experiments.experiment_id, assignments.customer_token
),

-- A subscription counts once it is confirmed.
successes as (
    select distinct
        assigned.experiment_id,
        assigned.customer_token
    from assigned
    inner join staging.bank_events as events
        on
            assigned.customer_token = events.customer_token
            and assigned.metric_event = events.event_type
            and events.occurred_at >= assigned.assigned_at
            and events.occurred_at
            <= assigned.assigned_at + assigned.window_days * interval 1 day
    where coalesce(events.cooling_off, 'confirmed') = 'confirmed'
)

select
    assigned.experiment_id,
    assigned.customer_token,
    assigned.variant,      -- `(several)`: more than one
    assigned.assigned_at,  -- UTC, the first time
    assigned.assigned_at + interval 8 hours + assigned.window_days * interval 1 day
    <= run.as_of as is_observed,  -- the window is over
    successes.customer_token is not null as has_converted
from assigned
cross join settings.run
left join successes using (experiment_id, customer_token)
