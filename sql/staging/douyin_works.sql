-- Works of Douyin accounts: lifetime totals at the moment of each export.
-- grain: account_id, exported_at, published_at, title, form
-- per: month

select
    account_id,
    title,
    published_at,
    form,
    status,
    plays,
    completion_rate,
    five_second_rate,
    cover_click_rate,
    duration_seconds,
    two_second_exit_rate,
    avg_watch_seconds,
    likes,
    shares,
    comments,
    saves,
    profile_visits,
    followers_gained,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.douyin_works
cross join settings.run
where cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by account_id, exported_at, published_at, title, form
    order by exported_at desc, delivery_id desc, source_line
) = 1
