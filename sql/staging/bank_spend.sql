-- What the bank paid for its accounts; the latest delivery of an amount counts.
-- grain: spend_id

select
    spend_id,
    spent_on,     -- Asia/Shanghai
    account_id,
    campaign_id,  -- null: for none
    purpose,
    amount_yuan,  -- negative: paid back
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_spend
cross join settings.run
where spent_on < run.as_of and cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by spend_id
    order by exported_at desc, delivery_id desc, source_line
) = 1
