-- The run these tables were published by.
-- grain: one row

select
    -- the day of the run; data up to the day before
    run.as_of,
    max(calendar.week) as report_week,                  -- last complete ISO week before it
    max(calendar.week_starts) as week_starts,           -- its Monday
    run.publish_id,                                     -- names what it was made of
    run.bank_name                                       -- as in the settings
from settings.run
inner join settings.calendar on calendar.week_starts + 7 <= run.as_of
group by run.as_of, run.publish_id, run.bank_name
