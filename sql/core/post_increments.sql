-- What a post gained between two exports. Platforms take back what they judge to be fake, so an
-- increment may be negative: it is kept. The first snapshot counts from publication and says so;
-- what it adds is unknown where the post may have been counted before under another title.
-- An export made during a day is complete up to the day before.
-- grain: post_id, covers_from, exported_at

with numbered as (
    select
        *,
        cast(exported_at as date) as exported_on,
        lag(exported_at) over post as previous_at,
        lag(impressions) over post as previous_impressions,
        lag(reads) over post as previous_reads,
        lag(engagement) over post as previous_engagement,
        lag(followers_gained) over post as previous_followers_gained,
        lag(intents) over post as previous_intents
    from core.post_snapshots
    window post as (partition by post_id order by exported_at)
),

started as (
    select
        *,
        previous_at is null as is_first,
        previous_at is null and not coalesce(maybe_renamed, false) as counts_whole,
        case
            when previous_at is null then least(published_on, exported_on)
            else cast(previous_at as date)
        end as covers_from
    from numbered
)

select
    post_id,
    account_id,
    covers_from,                                              -- first day covered
    greatest(exported_on, covers_from + 1) as covers_until,   -- the day after the last
    is_first,
    case when counts_whole then impressions else impressions - previous_impressions end
        as impressions_added,
    case when counts_whole then reads else reads - previous_reads end as reads_added,
    case when counts_whole then engagement else engagement - previous_engagement end
        as engagement_added,
    case
        when counts_whole then followers_gained
        else followers_gained - previous_followers_gained
    end as followers_gained_added,
    case when counts_whole then intents else intents - previous_intents end as intents_added,
    exported_at,
    source_file,
    source_sheet,
    source_line
from started
