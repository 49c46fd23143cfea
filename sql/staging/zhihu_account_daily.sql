-- A Zhihu account by day; of several exports the latest one counts.
-- grain: account_id, day
-- per: month

select
    account_id,
    day,
    reads,
    plays,
    upvotes,
    likes,
    comments,
    saves,
    shares,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.zhihu_account_daily
cross join settings.run
where day < run.as_of
qualify row_number() over (
    partition by account_id, day
    order by exported_at desc, delivery_id desc, source_line
) = 1
