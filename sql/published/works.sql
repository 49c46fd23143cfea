-- The content library: each work with the posts that carry it, and how it was reused over
-- platforms, accounts and forms. Reads are the platforms' own and not of the same kind everywhere.
-- grain: work_id

with latest as (
    select *
    from core.post_snapshots
    qualify row_number() over (partition by post_id order by exported_at desc) = 1
),

scores as (
    select
        post_id,
        min(score) as lowest_score
    from core.post_matches
    where verdict in ('matched', 'confirmed')
    group by post_id
)

select
    works.work_id,                                    -- the smallest id of its posts
    min_by(latest.title, latest.post_id) as title,    -- of that post
    min(latest.published_on) as first_published_on,   -- Asia/Shanghai
    count(*) as posts,                                -- copies of the work
    count(distinct latest.platform) as platforms,     -- more than one: reused elsewhere
    count(distinct latest.account_id) as accounts,    -- that published it
    count(distinct latest.form) as forms,             -- image_text, video
    cast(sum(latest.reads) as bigint) as reads,       -- of all copies so far
    cast(sum(latest.engagement) as bigint) as engagement,  -- of all copies so far
    min(scores.lowest_score) as lowest_score          -- of its matches, 0 to 1; null: one copy
from core.works
inner join latest using (post_id)
left join scores using (post_id)
group by works.work_id
