-- Readers of a WeChat official account by day and channel, as its interface answers; the latest
-- answer counts. Channels overlap: `all` is the day's distinct readers.
-- grain: account_id, day, channel
-- per: month

select
    account_id,
    day,
    channel,
    readers,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.wechat_official_api_reads_daily
cross join settings.run
where day < run.as_of
qualify row_number() over (
    partition by account_id, day, channel
    order by exported_at desc, delivery_id desc, source_line
) = 1
