-- The run these tables were published by.
-- grain: one row

select
    -- the day of the run; data up to the day before
    run.as_of,
    max(calendar.week) as report_week,                  -- last complete ISO week before it
    max(calendar.week_starts) as week_starts,           -- its Monday
    publish.publish_id,                                     -- names what it was made of
    run.bank_name                                       -- as in the settings
from settings.run
cross join settings.publish
inner join settings.calendar on calendar.week_starts + 7 <= run.as_of
group by run.as_of, publish.publish_id, run.bank_name
