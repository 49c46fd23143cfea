-- Followers of a WeChat official account by day, as its interface answers; the latest answer
-- counts.
-- grain: account_id, day
-- per: month

select
    account_id,
    day,
    followers_total,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.wechat_official_api_user_cumulate
cross join settings.run
where day < run.as_of
qualify row_number() over (
    partition by account_id, day
    order by exported_at desc, delivery_id desc, source_line
) = 1
