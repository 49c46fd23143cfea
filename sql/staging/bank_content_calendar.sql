-- What the bank's content calendar says titles are about; the latest file that says anything
-- counts.
-- grain: account_id, title

select
    account_id,    -- as in the register
    title,         -- as planned or published
    theme,         -- null: as the classifier says
    selling_form,  -- likewise
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_content_calendar
cross join settings.run
where
    cast(exported_at as date) <= run.as_of
    and (theme is not null or selling_form is not null)
qualify row_number() over (
    partition by account_id, title
    order by exported_at desc, delivery_id desc, source_line
) = 1
