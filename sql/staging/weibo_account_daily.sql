-- Weibo accounts by day, as an operator mapped them; of several exports the latest counts.
-- grain: account_id, day
-- per: month

select
    account_id,
    day,
    impressions,
    reads,
    likes,
    comments,
    saves,
    shares,
    engagement,
    intents,
    posts,
    followers_gained,
    followers_lost,
    followers_net,
    followers_total,
    engagement_rate,
    completion_rate,
    avg_stay_seconds,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.weibo_account_daily
cross join settings.run
where day < run.as_of
qualify row_number() over (
    partition by account_id, day
    order by exported_at desc, delivery_id desc, source_line
) = 1
