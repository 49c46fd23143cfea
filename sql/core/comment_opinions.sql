-- How each comment speaks of the bank: the query gives the text, the measure reads it as the
-- reviewer does (docs/REVIEW.md). Nothing is known of who wrote it, and nothing is kept.
-- grain: comment_token
-- per: month
-- measure: comment_opinions

select
    comment_token,
    account_id,
    day,
    text,
    date_diff('second', commented_at, answered_at) as response_seconds,
    cast(null as varchar) as sentiment,    -- negative, positive or neutral
    cast(null as bigint) as severity,      -- 3: the gravest
    cast(null as varchar) as aspects,      -- parted by ;
    cast(null as boolean) as is_question   -- it asks for an answer
from staging.bank_comments
