-- Notes of Xiaohongshu accounts: lifetime totals at the moment of each export.
-- An export made on the run's own day shows the days before it, so it is kept.
-- grain: account_id, exported_at, published_at, title, form
-- per: month

select
    account_id,
    title,
    published_at,
    form,
    impressions,
    reads,
    cover_click_rate,
    likes,
    comments,
    saves,
    followers_gained,
    shares,
    avg_watch_seconds,
    bullet_comments,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.xiaohongshu_notes
cross join settings.run
where cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by account_id, exported_at, published_at, title, form
    order by exported_at desc, delivery_id desc, source_line
) = 1
