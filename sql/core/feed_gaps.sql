-- Weeks that the bank's event feed does not reach: their clicks and persons are unknown, not zero.
-- An export made during a day is complete up to the day before.
-- grain: week_starts

with feed as (
    select
        min(first_day) as first_day,
        max(cast(exported_at as date) - 1) as last_day
    from staging.deliveries
    where dataset = 'bank_events' and landed > 0
)

select
    calendar.week_starts,
    coalesce(
        max(calendar.day) >= max(feed.first_day) and min(calendar.day) <= max(feed.last_day), false
    ) as is_partly_known  -- the feed reaches some of its days
from settings.calendar
cross join feed
group by calendar.week_starts
having
    coalesce(
        min(calendar.day) >= max(feed.first_day) and max(calendar.day) <= max(feed.last_day), false
    ) = false
