-- Every post with its latest totals, what it gained in the week of the report, and where in which
-- file the numbers stand. Totals are the platform's own; a metric it does not export is null. The
-- theme and the form of selling are read from the title.
-- grain: post_id

with latest as (
    select *
    from core.post_snapshots
    qualify row_number() over (partition by post_id order by exported_at desc) = 1
),

report_week as (
    select max(week_starts) as week_starts
    from core.level_weeks
),

last_week as (
    select
        increments.post_id,
        sum(
            increments.reads_added
            * date_diff(
                'day',
                greatest(increments.covers_from, report_week.week_starts),
                least(increments.covers_until, report_week.week_starts + 7)
            )
            / cast(
                date_diff('day', increments.covers_from, increments.covers_until)
                as decimal(18, 6)
            )
        ) as reads
    from core.post_increments as increments
    cross join report_week
    where
        increments.covers_from < report_week.week_starts + 7
        and increments.covers_until > report_week.week_starts
    group by all
),

post_clicks as (
    select
        account_id,
        post,
        count(*) as clicks
    from core.clicks
    where post is not null
    group by all
),

-- A title that several posts of an account share names none of them.
named as (
    select
        account_id,
        link_post,
        min(post_id) as post_id
    from latest
    group by all
    having count(*) = 1
),

-- As many as were known by the end of the day of publication, and no older than a month.
followers as (
    select
        latest.post_id,
        max_by(counts.followers, counts.day) as followers
    from latest
    inner join core.follower_counts as counts
        on
            latest.account_id = counts.account_id
            and counts.day <= latest.published_on
            and counts.day > latest.published_on - 31
    group by latest.post_id
)

select
    latest.post_id,                                  -- stays the same when the title is edited
    latest.account_id,                               -- as in the register
    days.account_name,                               -- as in the register
    days.tier,                                       -- where the account stands on the run's day
    latest.platform,                                 -- of the account
    latest.title,                                    -- as exported last
    latest.form,                                     -- image_text or video
    -- null: the post has no title, and nobody labelled it
    themes.theme,
    themes.theme_source,                             -- bank: its own label; rule: the classifier
    -- how it sells: live_commerce, activity_benefit, product_placement or none
    themes.selling_form,
    themes.form_source,                              -- bank or rule
    -- of the classifier, 0 to 1; under 0.2 somebody should look (funnel label)
    themes.confidence as theme_confidence,
    latest.published_on,                             -- Asia/Shanghai
    latest.posted_at,                                -- Asia/Shanghai; null: only the day is told
    latest.exported_at,                              -- the export the totals come from
    latest.impressions,                              -- null: the platform does not export it
    -- reads, plays or readers, as the platform counts
    latest.reads,
    -- likes + saves + comments + shares, as exported
    latest.engagement,
    cast(latest.engagement as double) / nullif(latest.reads, 0) as engagement_rate,  -- of its reads
    latest.followers_gained,                         -- through this post
    cast(latest.followers_gained as double) / nullif(latest.reads, 0) as follow_rate,  -- of reads
    post_clicks.clicks,                              -- coded clicks; null: no link of its own
    cast(post_clicks.clicks as double) / nullif(latest.reads, 0) as click_rate,  -- of its reads
    -- of the account at the end of the day of publication; null: nobody counted
    followers.followers as followers_at_publication,
    cast(coalesce(latest.impressions, latest.reads) as double)
    / nullif(followers.followers, 0) as reach_per_follower,  -- by impressions, else reads
    half_lives.half_life_days,                       -- from publication to half of the reads so far
    -- the first export that has half: no more than this
    half_lives.at_most_days as half_life_at_most_days,
    case
        when half_lives.post_id is null then 'no_reads' else half_lives.missing
    end as half_life_missing,  -- why not: no_reads, young, few_exports, before_first_export
    cast(round(last_week.reads) as bigint) as reads_last_week,  -- gained in the report's week
    latest.source_file,                              -- where the totals stand
    latest.source_sheet,                             -- in a workbook
    latest.source_line                               -- its line or row, from 1
from latest
cross join settings.run
left join core.account_days as days on latest.account_id = days.account_id and run.as_of = days.day
left join last_week using (post_id)
left join named using (post_id)
left join core.post_themes as themes using (post_id)
left join followers using (post_id)
left join core.post_half_lives as half_lives using (post_id)
left join post_clicks
    on
        named.account_id = post_clicks.account_id
        and named.link_post = post_clicks.post
