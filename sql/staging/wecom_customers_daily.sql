-- Contacts in WeCom by day; of several exports the latest one counts.
-- grain: account_id, day
-- per: month

select
    account_id,
    day,
    customers_total,
    customers_gained,
    customers_lost,
    customers_net,
    applications_sent,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.wecom_customers_daily
cross join settings.run
where day < run.as_of
qualify row_number() over (
    partition by account_id, day
    order by exported_at desc, delivery_id desc, source_line
) = 1
