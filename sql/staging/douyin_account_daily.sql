-- One metric of a Douyin account on one day; of several exports the latest one counts.
-- grain: account_id, day, metric
-- per: month

select
    account_id,
    day,
    metric,
    value,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.douyin_account_daily
cross join settings.run
where day < run.as_of
qualify row_number() over (
    partition by account_id, day, metric
    order by exported_at desc, delivery_id desc, source_line
) = 1
