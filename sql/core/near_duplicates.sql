-- Posts whose titles are near duplicates of earlier ones: the Jaccard index of their character
-- pairs is high enough, and the other was published in the days before. Copies of one work on
-- several platforms are reuse, and none of these. Of two posts of a day the greater id is later.
--
-- Two titles so alike share one of their rarest pairs: of n pairs, all but the last
-- ceil(n * similarity) - 1 (prefix filtering; Chaudhuri, Ganti, Kaushik 2006). Only those are
-- looked up, so that a pair that every other title has compares nothing.
-- grain: post_id, earlier_post_id

with posts as (
    select
        latest.post_id,
        latest.account_id,
        latest.published_on,
        works.work_id
    from core.post_snapshots as latest
    inner join core.works using (post_id)
    where latest.published_on is not null
    qualify
        row_number() over (partition by latest.post_id order by latest.exported_at desc) = 1
),

frequencies as (
    select
        shingle,
        count(*) as posts
    from core.title_shingles
    group by shingle
),

ordered as (
    select
        shingles.post_id,
        shingles.shingle,
        row_number() over (
            partition by shingles.post_id
            order by frequencies.posts, shingles.shingle
        ) as nth,
        count(*) over (partition by shingles.post_id) as size
    from core.title_shingles as shingles
    inner join frequencies using (shingle)
),

rare as (
    select
        posts.post_id,
        posts.account_id,
        posts.published_on,
        posts.work_id,
        ordered.shingle,
        ordered.size
    from ordered
    cross join settings.parameters
    inner join posts using (post_id)
    where
        ordered.nth
        <= ordered.size + 1 - round(ordered.size * parameters.homogeneity_similarity - 0.5)
),

candidates as (
    select distinct
        later.post_id,
        earlier.post_id as earlier_post_id,
        later.account_id = earlier.account_id as same_account,
        later.size,
        earlier.size as earlier_size
    from rare as later
    cross join settings.parameters
    inner join rare as earlier
        on
            later.shingle = earlier.shingle
            and earlier.published_on <= later.published_on
            and earlier.published_on >= later.published_on - parameters.homogeneity_days
            and (earlier.published_on < later.published_on or earlier.post_id < later.post_id)
            and earlier.work_id <> later.work_id
),

shared as (
    select
        candidates.post_id,
        candidates.earlier_post_id,
        candidates.same_account,
        candidates.size + candidates.earlier_size as sizes,
        count(*) as shingles
    from candidates
    inner join core.title_shingles as one on candidates.post_id = one.post_id
    inner join core.title_shingles as other
        on candidates.earlier_post_id = other.post_id and one.shingle = other.shingle
    group by all
)

select
    shared.post_id,
    shared.earlier_post_id,
    shared.same_account,
    cast(shared.shingles as double) / (shared.sizes - shared.shingles) as similarity
from shared
cross join settings.parameters
where
    cast(shared.shingles as double) / (shared.sizes - shared.shingles)
    >= parameters.homogeneity_similarity
