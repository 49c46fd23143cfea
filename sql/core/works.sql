-- Which work a post is a copy of: posts matched on several platforms are one work, named by its
-- smallest post id. Matches are followed over three steps: titles that come back every week would
-- string a year together. A work whose first post is itself a copy by these steps is that work.
-- grain: post_id

with posts as (
    select distinct post_id
    from core.post_snapshots
),

links as (
    select
        post_id,
        other_post_id
    from core.post_matches
    where verdict in ('matched', 'confirmed')
),

one_step as (
    select
        posts.post_id,
        least(posts.post_id, coalesce(min(links.other_post_id), posts.post_id)) as work_id
    from posts
    left join links using (post_id)
    group by posts.post_id
),

two_steps as (
    select
        one_step.post_id,
        least(one_step.work_id, coalesce(min(neighbours.work_id), one_step.work_id)) as work_id
    from one_step
    left join links using (post_id)
    left join one_step as neighbours on links.other_post_id = neighbours.post_id
    group by one_step.post_id, one_step.work_id
),

three_steps as (
    select
        two_steps.post_id,
        least(two_steps.work_id, coalesce(min(neighbours.work_id), two_steps.work_id)) as work_id
    from two_steps
    left join links using (post_id)
    left join two_steps as neighbours on links.other_post_id = neighbours.post_id
    group by two_steps.post_id, two_steps.work_id
)

select
    copies.post_id,
    works.work_id
from three_steps as copies
inner join three_steps as works on copies.work_id = works.post_id
