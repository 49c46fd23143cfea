-- The bank's register of links: what a source code leads from and to; the latest one counts.
-- grain: source_code

select
    source_code,
    account_id,
    post,
    product_line,
    product,
    entry,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_links
cross join settings.run
where cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by source_code
    order by exported_at desc, delivery_id desc, source_line
) = 1
