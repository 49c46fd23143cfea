-- Readers of an article by channel over the window of one export; channels overlap.
-- grain: account_id, exported_at, channel, published_on, title
-- per: month

select
    account_id,
    channel,
    published_on,
    title,
    readers,
    reader_share,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.wechat_official_article_channels
cross join settings.run
where cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by account_id, exported_at, channel, published_on, title
    order by exported_at desc, delivery_id desc, source_line
) = 1
