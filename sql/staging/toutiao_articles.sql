-- Articles of Toutiao accounts: lifetime totals at the moment of each export.
-- grain: account_id, exported_at, post_id
-- per: month

select
    account_id,
    title,
    published_at,
    post_id,
    url,
    impressions,
    follower_impressions,
    reads,
    follower_reads,
    click_rate,
    finish_rate,
    avg_read_seconds,
    likes,
    comments,
    forwards,
    shares,
    saves,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.toutiao_articles
cross join settings.run
where cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by account_id, exported_at, post_id
    order by exported_at desc, delivery_id desc, source_line
) = 1
