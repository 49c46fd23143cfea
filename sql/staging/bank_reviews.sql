-- Decisions of content review, as the log has them; who decided stays in the log.
-- grain: account_id, content_id, text_hash, stage, reviewer, reviewed_at
-- per: month

select
    account_id,
    content_id,
    text_hash,
    author,            -- human or ai
    stage,             -- pre, live or post
    reviewer,          -- rule or human
    decision,          -- pass, reject or revise
    reviewed_at,       -- UTC
    rule_ids,          -- of the findings, parted by ;
    rule_set_version,  -- null: the bank's own review tells none
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_reviews
cross join settings.run
where reviewed_at + interval 8 hours < run.as_of
qualify row_number() over (
    partition by account_id, content_id, text_hash, stage, reviewer, reviewed_at
    order by exported_at desc, delivery_id desc, source_line
) = 1
