-- The bank's register of accounts: one row an account and period; the latest register counts.
-- grain: account_id, valid_from

select
    account_id,
    account_name,
    platform,
    tier,
    unit_id,
    unit_name,
    parent_unit_id,
    valid_from,
    valid_to,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_accounts
cross join settings.run
where cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by account_id, valid_from
    order by exported_at desc, delivery_id desc, source_line
) = 1
