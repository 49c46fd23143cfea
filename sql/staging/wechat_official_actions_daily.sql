-- What readers of a WeChat official account did by day; the latest export counts.
-- grain: account_id, day
-- per: month

select
    account_id,
    day,
    share_users,
    jump_users,
    favorite_users,
    posts,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.wechat_official_actions_daily
cross join settings.run
where day < run.as_of
qualify row_number() over (
    partition by account_id, day
    order by exported_at desc, delivery_id desc, source_line
) = 1
