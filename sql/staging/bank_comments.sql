-- Comments under the bank's posts, without who wrote them; numbers and handles in them are masked.
-- grain: comment_token
-- per: month
-- moves: comment_token

select
    comment_token,
    account_id,
    commented_at,                        -- Asia/Shanghai
    cast(commented_at as date) as day,
    text,
    answered_at,                         -- Asia/Shanghai; null: not answered, or not told
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_comments
cross join settings.run
where cast(commented_at as date) < run.as_of
qualify row_number() over (
    partition by comment_token
    order by exported_at desc, delivery_id desc, source_line
) = 1
