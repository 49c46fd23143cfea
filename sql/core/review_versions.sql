-- Texts that were submitted for review, a row a wording, and what was decided of each before it
-- went out: a person's last decision, else the rules' last. A text that another content of the
-- account was first submitted with is that one again.
-- grain: account_id, content_id, text_hash

with decisions as (
    select
        *,
        row_number() over (
            partition by account_id, content_id, text_hash, stage
            order by case reviewer when 'human' then 1 else 2 end, reviewed_at desc, decision
        ) as nth
    from staging.bank_reviews
),

versions as (
    select
        account_id,
        content_id,
        text_hash,
        min_by(author, reviewed_at) as author,
        min(case when stage = 'pre' then reviewed_at end) as submitted_at,
        max(case when stage = 'pre' and nth = 1 then decision end) as decision,
        max(case when stage = 'pre' and nth = 1 then reviewed_at end) as decided_at,
        max(case when stage = 'post' and nth = 1 then decision end) as rechecked_decision,
        max(case when stage = 'post' and nth = 1 then reviewed_at end) as rechecked_at
    from decisions
    group by account_id, content_id, text_hash
)

select
    account_id,
    content_id,
    text_hash,
    author,              -- human or ai
    submitted_at,        -- UTC
    decision,            -- pass, reject or revise
    decided_at,          -- UTC
    rechecked_decision,  -- of the sample after publication; null: not in it
    rechecked_at,        -- UTC
    row_number() over (
        partition by account_id, content_id
        order by submitted_at, text_hash
    ) as version,        -- from 1: of those submitted before they went out
    row_number() over (
        partition by account_id, text_hash
        order by submitted_at, content_id
    ) > 1 as is_repeated  -- the words were submitted before, as another content
from versions
where submitted_at is not null
