-- Followers of a Toutiao account by day; of several exports the latest one counts.
-- grain: account_id, day
-- per: month

select
    account_id,
    day,
    followers_total,
    followers_net,
    followers_gained,
    followers_lost,
    followers_active,
    followers_loyal,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.toutiao_followers_daily
cross join settings.run
where day < run.as_of
qualify row_number() over (
    partition by account_id, day
    order by exported_at desc, delivery_id desc, source_line
) = 1
