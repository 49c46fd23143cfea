-- A Bilibili account by day: the export tells totals so far, so a day is the difference to the day
-- before it in the same file, null where the file lacks that day. Of several exports the latest
-- that knows the day before counts.
-- grain: account_id, day

with compared as (
    select
        *,
        lag(day) over days as previous_day,
        plays_so_far - lag(plays_so_far) over days as plays_since,
        followers_net_so_far - lag(followers_net_so_far) over days as followers_net_since,
        likes_so_far - lag(likes_so_far) over days as likes_since,
        saves_so_far - lag(saves_so_far) over days as saves_since,
        comments_so_far - lag(comments_so_far) over days as comments_since,
        shares_so_far - lag(shares_so_far) over days as shares_since
    from lake.bilibili_account_daily
    window days as (partition by account_id, delivery_id order by day)
),

increments as (
    select
        *,
        coalesce(previous_day = day - 1, false) as is_known
    from compared
)

select
    account_id,
    day,
    case when is_known then plays_since end as plays,
    case when is_known then followers_net_since end as followers_net,
    case when is_known then likes_since end as likes,
    case when is_known then saves_since end as saves,
    case when is_known then comments_since end as comments,
    case when is_known then shares_since end as shares,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from increments
cross join settings.run
where day < run.as_of
qualify row_number() over (
    partition by account_id, day
    order by is_known desc, exported_at desc, delivery_id desc, source_line
) = 1
