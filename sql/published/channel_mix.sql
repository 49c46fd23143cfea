-- A model, not a count: how each channel's spend of a week turns into new customers with
-- diminishing returns, and how the same sum would be divided if the next yuan brought as much
-- everywhere, within what each channel has spent before. customers = base + top * spend /
-- (spend + half), by least squares; intervals from 400 drawings of the weeks. The row without a
-- channel is all that have a curve.
-- grain: channel
-- persons: customers (base_customers, top_customers, half_yuan, gain, gain_low, gain_high)
-- measure: channel_mix

select
    weeks.channel,                          -- platform; null: all with a curve together
    weeks.week_starts,                      -- Monday of the latest week of the model
    cast(1 as bigint) as weeks,             -- that the model has seen
    weeks.customers,                        -- new ones in these weeks, attributed to the channel
    cast(weeks.spend_yuan as double) as spend_yuan,  -- a week, mean of the latest four
    cast(null as double) as base_customers,  -- new customers of a week without spend
    cast(null as double) as top_customers,  -- beyond these, at most, for any spend
    cast(null as double) as half_yuan,      -- spend of a week that brings half of top
    cast(null as double) as suggested_yuan,       -- a week; a model's suggestion
    cast(null as double) as suggested_yuan_low,   -- 95 %
    cast(null as double) as suggested_yuan_high,  -- 95 %
    cast(null as double) as gain,           -- new customers a week more by it
    cast(null as double) as gain_low,       -- 95 %; where it is below 0 nothing is shown to be won
    cast(null as double) as gain_high,      -- 95 %
    cast(parameters.mix_least_weeks as bigint) as least_weeks,  -- fewer have no curve
    cast(parameters.small_cell as bigint) as least_customers,   -- fewer have no curve
    -- no curve because: too_few_weeks, too_few_customers, no_variation (of spend)
    cast(null as varchar) as why_not,
    cast(null as varchar) as suppressed     -- columns withheld: too few persons
from core.channel_weeks as weeks
cross join settings.parameters
