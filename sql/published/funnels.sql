-- The funnels that are counted every night, with the steps of each as its definition says them.
-- grain: funnel, step

select
    funnel_steps.funnel,          -- its key: the name of its file in funnels/
    funnel_steps.name,            -- as the definition calls it
    funnel_steps.version,         -- changes with the definition
    funnel_steps.step_order,      -- ordered, strict or any
    funnel_steps.window_seconds,  -- from the entry to every step, boundary inclusive
    funnel_steps.breakdown,       -- the property that tells the persons apart; null: none
    funnel_steps.value_of,        -- whose value counts: first, last, step n
    funnel_steps.step,            -- from 1
    funnel_steps.event,           -- its event
    funnel_steps.condition,       -- on the event's properties; null: every such event
    funnel_steps.is_optional      -- the next step may be reached without it
from settings.funnel_steps
