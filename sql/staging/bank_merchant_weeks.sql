-- Merchants' shops by week, whether they consented or not: core.merchant_runs asks, and nothing
-- else reads them. The latest delivery counts, of weeks that are over.
-- grain: merchant_token, week_starts
-- per: month

select
    merchant_token,
    week_starts,      -- Monday
    visits,
    orders,
    settlement_yuan,  -- refunds taken off
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_merchant_weeks
cross join settings.run
where week_starts + 7 <= run.as_of
qualify row_number() over (
    partition by merchant_token, week_starts
    order by exported_at desc, delivery_id desc, source_line
) = 1
