-- The bank's own channels by day: the app's positions and pushes, the tickets of branch queues; the
-- latest delivery counts.
-- grain: account_id, day
-- per: month

select
    account_id,
    day,
    impressions,
    reads,
    engagement,
    intents,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_channel_daily
cross join settings.run
where day < run.as_of
qualify row_number() over (
    partition by account_id, day
    order by exported_at desc, delivery_id desc, source_line
) = 1
