-- A customer's first session of a week under each source code, or under none.
-- grain: customer_token, source_code, week_starts
-- per: week
-- consent: customer_token

select
    events.event_id,
    events.customer_token,
    events.source_code,                                  -- null: came without a code
    events.occurred_at as arrived_at,                    -- UTC
    events.day,
    calendar.week_starts,                                -- Monday
    events.source_file,
    events.source_sheet,
    events.source_line
from staging.bank_events as events
inner join settings.calendar using (day)
where events.event_type = 'arrival' and events.customer_token is not null
qualify row_number() over (
    partition by events.customer_token, events.source_code, calendar.week_starts
    order by events.occurred_at, events.event_id
) = 1
