-- What the bank says of two posts: the same work or not; the latest file counts.
-- grain: post_id, other_post_id

select
    post_id,
    other_post_id,
    is_same,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_work_corrections
cross join settings.run
where cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by post_id, other_post_id
    order by exported_at desc, delivery_id desc, source_line
) = 1
