-- Works of Kuaishou accounts, as an operator mapped them: totals at the moment of each export.
-- grain: account_id, exported_at, published_at, title, post_ref
-- per: month

select
    account_id,
    title,
    post_ref,
    published_at,
    impressions,
    reads,
    likes,
    comments,
    saves,
    shares,
    engagement,
    intents,
    followers_gained,
    cover_click_rate,
    engagement_rate,
    completion_rate,
    avg_watch_seconds,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.kuaishou_posts
cross join settings.run
where cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by account_id, exported_at, published_at, title, post_ref
    order by delivery_id desc, source_line
) = 1
