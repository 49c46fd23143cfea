-- Which posts were taken for the same work, with the score of their titles, for somebody to
-- confirm or reject (docs/BANK_FILES.md, bank_work_corrections). Ambiguous ones are not linked.
-- grain: post_id, other_post_id

with latest as (
    select
        post_id,
        account_id,
        title,
        published_on
    from core.post_snapshots
    qualify row_number() over (partition by post_id order by exported_at desc) = 1
)

select
    matches.post_id,                              -- the smaller id of the two
    one.account_id,                               -- as in the register
    one.title,                                    -- as exported last
    one.published_on,                             -- Asia/Shanghai
    matches.other_post_id,                        -- the other post
    other.account_id as other_account_id,         -- as in the register
    other.title as other_title,                   -- as exported last
    other.published_on as other_published_on,     -- Asia/Shanghai
    matches.score,                                -- 0 to 1; null: only the bank says so
    matches.verdict                               -- matched, ambiguous, confirmed or rejected
from core.post_matches as matches
inner join latest as one on matches.post_id = one.post_id
inner join latest as other on matches.other_post_id = other.post_id
where matches.post_id < matches.other_post_id
