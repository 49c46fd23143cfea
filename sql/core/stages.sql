-- The stages of the funnel in order, each with the stage its rate is taken of. Above the bridge
-- platforms count, below it customers are distinct; no rate crosses the bridge.
-- grain: stage

with stages as (
    select
        0 as stage_order,
        'exposure' as stage,
        cast(null as varchar) as base_stage,
        0 as depth
    union all
    select
        1 as stage_order,
        'read' as stage,
        'exposure' as base_stage,
        0 as depth
    union all
    select
        2 as stage_order,
        'engagement' as stage,
        'read' as base_stage,
        0 as depth
    union all
    select
        3 as stage_order,
        'follow' as stage,
        'read' as base_stage,
        0 as depth
    union all
    select
        4 as stage_order,
        'intent' as stage,
        'read' as base_stage,
        0 as depth
    union all
    select
        5 as stage_order,
        'click' as stage,
        'read' as base_stage,
        0 as depth
    union all
    select
        6 as stage_order,
        'arrival' as stage,
        cast(null as varchar) as base_stage,
        1 as depth
    union all
    select
        7 as stage_order,
        'new_customer' as stage,
        'arrival' as base_stage,
        2 as depth
    union all
    select
        8 as stage_order,
        'active' as stage,
        'new_customer' as base_stage,
        3 as depth
    union all
    select
        9 as stage_order,
        'asset' as stage,
        'active' as base_stage,
        4 as depth
    union all
    select
        10 as stage_order,
        'subscription' as stage,
        'asset' as base_stage,
        5 as depth
)

select
    stage,
    stage_order,
    base_stage,
    depth  -- 0: counted by platforms; else how deep in core.arrival_chains
from stages
