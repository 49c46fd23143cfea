-- One metric of a Xiaohongshu account over the window of one export (30 or 7 days).
-- Window averages have other denominators than the days; they are kept as exported.
-- grain: account_id, exported_at, metric
-- per: month

select
    account_id,
    metric,
    value,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.xiaohongshu_account_summary
cross join settings.run
where cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by account_id, exported_at, metric
    order by exported_at desc, delivery_id desc, source_line
) = 1
