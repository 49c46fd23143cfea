-- The steps of each funnel by week and month of entry and by the value of its breakdown, with the
-- rate of the step before and of the first one. Computed from what is published.
-- grain: funnel, period, starts_on, step, value

with sided as (
    select
        counts.*,
        firsts.persons as entered,
        befores.persons as came
    from published.funnel_value_counts as counts
    inner join published.funnel_value_counts as firsts
        on
            counts.funnel = firsts.funnel
            and counts.period = firsts.period
            and counts.starts_on = firsts.starts_on
            and counts.value is not distinct from firsts.value
            and firsts.step = 1
    left join published.funnel_value_counts as befores
        on
            counts.funnel = befores.funnel
            and counts.period = befores.period
            and counts.starts_on = befores.starts_on
            and counts.value is not distinct from befores.value
            and counts.step - 1 = befores.step
),

rated as (
    select
        *,
        cast(persons as double) / nullif(came, 0) as step_rate,
        cast(persons as double) / nullif(entered, 0) as total_rate
    from sided
)

select
    rated.funnel,                    -- its key: the name of its file in funnels/
    rated.period,                    -- week or month of entry
    rated.starts_on,                 -- its first day, Asia/Shanghai
    rated.breakdown,                 -- the property the value is of
    rated.value,                     -- (none): said by no step; null: all persons
    rated.step,                      -- from 1
    funnel_steps.event,              -- its event
    rated.persons,                   -- distinct persons who got at least so far
    rated.step_rate,                 -- persons / persons of the step before
    rated.total_rate,                -- persons / persons of step 1
    wilson_low(rated.total_rate, rated.entered) as total_low,                -- Wilson 95 %
    wilson_high(rated.total_rate, rated.entered) as total_high,               -- Wilson 95 %
    rated.version,                   -- of the definition
    rated.suppressed                 -- columns withheld: too few persons
from rated
inner join settings.funnel_steps as funnel_steps
    on rated.funnel = funnel_steps.funnel and rated.step = funnel_steps.step
