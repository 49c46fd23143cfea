-- The steps of each funnel by week and month of entry and level: persons, the rate of the step
-- before and of the first one with Wilson 95 % intervals, how long it takes, and the period before.
-- Rates are computed from what is published, so nothing withheld comes back.
-- grain: funnel, period, starts_on, step, tier, unit_id, account_id

with sided as (
    select
        counts.*,
        firsts.persons as entered,
        befores.persons as came,
        previous.persons as previous_persons,
        previous_firsts.persons as previous_entered
    from published.funnel_counts as counts
    inner join published.funnel_counts as firsts
        on
            counts.funnel = firsts.funnel
            and counts.period = firsts.period
            and counts.starts_on = firsts.starts_on
            and counts.tier is not distinct from firsts.tier
            and counts.unit_id is not distinct from firsts.unit_id
            and counts.account_id is not distinct from firsts.account_id
            and firsts.step = 1
    left join published.funnel_counts as befores
        on
            counts.funnel = befores.funnel
            and counts.period = befores.period
            and counts.starts_on = befores.starts_on
            and counts.tier is not distinct from befores.tier
            and counts.unit_id is not distinct from befores.unit_id
            and counts.account_id is not distinct from befores.account_id
            and counts.step - 1 = befores.step
    left join published.funnel_counts as previous
        on
            counts.funnel = previous.funnel
            and counts.period = previous.period
            and counts.starts_on
            = case
                when counts.period = 'week' then cast(previous.starts_on + 7 as timestamp)
                else previous.starts_on + interval 1 month
            end
            and counts.tier is not distinct from previous.tier
            and counts.unit_id is not distinct from previous.unit_id
            and counts.account_id is not distinct from previous.account_id
            and counts.step = previous.step
    left join published.funnel_counts as previous_firsts
        on
            previous.funnel = previous_firsts.funnel
            and previous.period = previous_firsts.period
            and previous.starts_on = previous_firsts.starts_on
            and previous.tier is not distinct from previous_firsts.tier
            and previous.unit_id is not distinct from previous_firsts.unit_id
            and previous.account_id is not distinct from previous_firsts.account_id
            and previous_firsts.step = 1
),

rated as (
    select
        *,
        cast(persons as double) / nullif(came, 0) as step_rate,
        cast(persons as double) / nullif(entered, 0) as total_rate,
        cast(previous_persons as double) / nullif(previous_entered, 0) as previous_rate
    from sided
)

select
    rated.funnel,                    -- its key: the name of its file in funnels/
    funnel_steps.name as funnel_name,  -- as the definition calls it
    rated.period,                    -- week or month of entry
    rated.starts_on,                 -- its first day, Asia/Shanghai
    rated.label,                     -- 2026-W46, 2026-11
    rated.level,                     -- bank, tier, unit or account of the entry
    rated.tier,                      -- head_office, line, branch, unattributed, unregistered
    rated.unit_id,                   -- business line or branch
    rated.unit_name,                 -- its name
    rated.platform,                  -- of the account
    rated.account_id,                -- that of the last coded touch up to the entry
    rated.account_name,              -- as in the register
    rated.step,                      -- from 1
    funnel_steps.event,              -- its event
    rated.persons,                   -- distinct persons who got at least so far
    rated.step_rate,                 -- persons / persons of the step before
    wilson_low(rated.step_rate, rated.came) as step_low,                 -- Wilson 95 %
    wilson_high(rated.step_rate, rated.came) as step_high,                -- Wilson 95 %
    rated.total_rate,                -- persons / persons of step 1
    wilson_low(rated.total_rate, rated.entered) as total_low,                -- Wilson 95 %
    wilson_high(rated.total_rate, rated.entered) as total_high,               -- Wilson 95 %
    rated.median_seconds,            -- from entry to step
    rated.p90_seconds,               -- nine of ten are as fast
    rated.previous_persons,          -- of the week or month before; null: nobody, or withheld
    rated.previous_rate,             -- of the week or month before: persons / persons of step 1
    rated.complete,                  -- the period is over and its events are there
    rated.mature,                    -- the window of its last entry is over
    rated.version,                   -- of the definition
    rated.suppressed                 -- columns withheld: too few persons
from rated
inner join settings.funnel_steps as funnel_steps
    on rated.funnel = funnel_steps.funnel and rated.step = funnel_steps.step
