-- Articles and answers of Zhihu accounts: lifetime totals at the moment of each export.
-- grain: account_id, exported_at, url
-- per: month

select
    account_id,
    title,
    published_at,
    url,
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
from lake.zhihu_contents
cross join settings.run
where cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by account_id, exported_at, url
    order by exported_at desc, delivery_id desc, source_line
) = 1
