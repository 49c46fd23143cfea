-- Posts on two platforms that are taken for the same piece: titles alike (Jaccard index of their
-- character pairs), published within a few days. Where two posts of an account fit equally well,
-- the match is ambiguous: reported, not linked. The bank's corrections override all of it.
-- grain: post_id, other_post_id

with posts as (
    select
        post_id,
        account_id,
        platform,
        published_on
    from core.post_snapshots
    qualify row_number() over (partition by post_id order by exported_at desc) = 1
),

sizes as (
    select
        post_id,
        count(*) as shingles
    from core.title_shingles
    group by post_id
),

shared as (
    select
        one.post_id,
        other.post_id as other_post_id,
        count(*) as shingles
    from posts as one
    cross join settings.parameters
    inner join core.title_shingles as one_shingle on one.post_id = one_shingle.post_id
    inner join core.title_shingles as other_shingle on one_shingle.shingle = other_shingle.shingle
    inner join posts as other
        on
            other_shingle.post_id = other.post_id
            and one.platform <> other.platform
            and abs(date_diff('day', one.published_on, other.published_on)) <= parameters.work_days
    group by all
),

scored as (
    select
        shared.post_id,
        shared.other_post_id,
        one.account_id,
        other.account_id as other_account_id,
        cast(shared.shingles as double)
        / (one_size.shingles + other_size.shingles - shared.shingles) as score
    from shared
    inner join posts as one on shared.post_id = one.post_id
    inner join posts as other on shared.other_post_id = other.post_id
    inner join sizes as one_size on shared.post_id = one_size.post_id
    inner join sizes as other_size on shared.other_post_id = other_size.post_id
),

ranked as (
    select
        scored.*,
        rank() over one_way as rank_one_way,
        rank() over other_way as rank_other_way,
        count(*) over (partition by post_id, other_account_id, score) as ties_one_way,
        count(*) over (partition by other_post_id, account_id, score) as ties_other_way
    from scored
    cross join settings.parameters
    where scored.score >= parameters.work_similarity
    window
        one_way as (partition by post_id, other_account_id order by score desc),
        other_way as (partition by other_post_id, account_id order by score desc)
),

corrections as (
    select
        post_id,
        other_post_id,
        is_same
    from staging.bank_work_corrections
    union
    select
        other_post_id as post_id,
        post_id as other_post_id,
        is_same
    from staging.bank_work_corrections
)

select
    coalesce(ranked.post_id, corrections.post_id) as post_id,
    coalesce(ranked.other_post_id, corrections.other_post_id) as other_post_id,
    ranked.score,  -- null: only the bank says so
    case
        when corrections.is_same then 'confirmed'
        when not corrections.is_same then 'rejected'
        when ranked.ties_one_way > 1 or ranked.ties_other_way > 1 then 'ambiguous'
        else 'matched'
    end as verdict
from ranked
full outer join corrections
    on
        ranked.post_id = corrections.post_id
        and ranked.other_post_id = corrections.other_post_id
where
    corrections.post_id is not null
    or (ranked.rank_one_way = 1 and ranked.rank_other_way = 1)
