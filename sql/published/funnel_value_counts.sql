-- Persons of each step of each funnel by week and month of entry and by the value of the funnel's
-- breakdown, for the whole bank. Each person has one value; the row without a value is the total.
-- grain: funnel, period, starts_on, step, value
-- persons: persons
-- nested: value

with totals as (
    select false as is_total
    union all
    select true as is_total
),

counted as (
    select
        depths.funnel,
        depths.period,
        depths.starts_on,
        steps.step,
        steps.breakdown,
        steps.version,
        case when not totals.is_total then coalesce(depths.value, '(none)') end as value,
        sum(case when depths.depth >= steps.step then depths.persons else 0 end) as persons
    from core.funnel_value_depths as depths
    inner join settings.funnel_steps as steps
        on depths.funnel = steps.funnel and steps.breakdown is not null
    cross join totals
    group by all
)

select
    counted.funnel,                      -- its key: the name of its file in funnels/
    counted.period,                      -- week or month of entry
    counted.starts_on,                   -- its first day, Asia/Shanghai
    counted.breakdown,                   -- the property the value is of
    counted.value,                       -- (none): said by no step; null: all persons
    counted.step,                        -- from 1
    cast(counted.persons as bigint) as persons,  -- distinct persons who got at least so far
    counted.version,                     -- of the definition
    cast(null as varchar) as suppressed  -- columns withheld: too few persons
from counted
