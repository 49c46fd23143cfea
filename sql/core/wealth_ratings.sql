-- The wealth tier that follows from a history of bands: up at once, watched after so many months
-- below it, down after so many more of being watched.
-- grain: month, history
-- measure: wealth_ratings

select distinct
    histories.month,                -- first day, Asia/Shanghai
    histories.history,              -- as in core.wealth_histories
    parameters.below_months,
    parameters.watched_months,
    cast(null as bigint) as band,   -- the tier's
    cast(null as bigint) as months_below,  -- in a row
    cast(null as boolean) as is_watched
from core.wealth_histories as histories
cross join settings.parameters
