-- A model, not a count: how many new customers a week of so much spend would bring by each channel,
-- from no spend to the most that a week has seen, with the interval of 400 drawings of its weeks.
-- grain: channel, point
-- persons: customers (expected, expected_low, expected_high)
-- measure: channel_curves

select
    weeks.channel,                  -- platform
    cast(0 as bigint) as point,     -- 0: no spend, 10: the most of a week
    weeks.week_starts,              -- Monday of the latest week of the model
    cast(1 as bigint) as weeks,     -- that the model has seen
    weeks.customers,                -- new ones in these weeks, attributed to the channel
    cast(weeks.spend_yuan as double) as spend_yuan,  -- of the point, a week
    cast(null as double) as expected,       -- new customers of such a week
    cast(null as double) as expected_low,   -- 95 %
    cast(null as double) as expected_high,  -- 95 %
    cast(parameters.mix_least_weeks as bigint) as least_weeks,    -- fewer have no curve
    cast(parameters.small_cell as bigint) as least_customers,     -- fewer have no curve
    cast(null as varchar) as why_not,       -- of a channel with a curve: null
    cast(null as varchar) as suppressed     -- columns withheld: too few persons
from core.channel_weeks as weeks
cross join settings.parameters
