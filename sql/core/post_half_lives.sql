-- How long each post took to half of its latest reads: days from the midnight its day of
-- publication began, interpolated between the two exports that half lies between. An export is
-- complete up to the day before. What the first export already had more than half of was faster
-- than anybody saw; a young post, or one of few exports, is still too open to tell.
-- grain: post_id

with snapshots as (
    select
        post_id,
        exported_at,
        reads,
        greatest(date_diff('day', published_on, cast(exported_at as date)), 1) as age
    from core.post_snapshots
    where reads is not null and published_on is not null
),

latest as (
    select
        post_id,
        max_by(reads, exported_at) as reads,
        max(age) as age,
        count(*) as exports
    from snapshots
    group by post_id
),

steps as (
    select
        *,
        lag(reads) over (partition by post_id order by exported_at) as reads_before,
        lag(age) over (partition by post_id order by exported_at) as age_before
    from snapshots
),

-- Platforms take reads back: the first export with half counts, so all before it have less.
reached as (
    select
        steps.post_id,
        steps.age,
        steps.age_before,
        (latest.reads / 2.0 - steps.reads_before)
        / nullif(steps.reads - steps.reads_before, 0) as part
    from steps
    inner join latest using (post_id)
    where steps.reads >= latest.reads / 2.0
    qualify row_number() over (partition by steps.post_id order by steps.exported_at) = 1
),

judged as (
    select
        latest.post_id,
        reached.age,
        reached.age_before,
        reached.part,
        case
            when latest.reads <= 0 then 'no_reads'
            when latest.age < parameters.half_life_least_days then 'young'
            when latest.exports < 3 then 'few_exports'
        end as open
    from latest
    cross join settings.parameters
    inner join reached using (post_id)
)

select
    post_id,
    case when open is null then age_before + part * (age - age_before) end as half_life_days,
    case when open is null then age end as at_most_days,  -- at the export that has half
    coalesce(open, case when age_before is null then 'before_first_export' end) as missing
from judged
