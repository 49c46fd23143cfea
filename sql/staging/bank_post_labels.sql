-- What the bank says single posts are about; the latest file that says anything counts.
-- grain: post_id

select
    post_id,       -- as in published.content_posts
    theme,         -- null: as the classifier says
    selling_form,  -- likewise
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_post_labels
cross join settings.run
where
    cast(exported_at as date) <= run.as_of
    and (theme is not null or selling_form is not null)
qualify row_number() over (
    partition by post_id
    order by exported_at desc, delivery_id desc, source_line
) = 1
