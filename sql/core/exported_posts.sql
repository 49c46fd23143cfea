-- Posts of all platforms, as often as they were exported: totals so far, in the same words.
-- A metric an export does not carry is null. What knows a post again: core.post_snapshots.
-- grain: account_id, platform_post, published_at, form, title, exported_at

with xiaohongshu as (
    select
        account_id,
        'xiaohongshu' as platform,
        cast(null as varchar) as platform_post,
        published_at,
        false as day_only,
        title,
        title as link_post,
        form,
        cast(published_at as date) as published_on,
        published_at as posted_at,
        impressions,
        reads,
        likes + saves + comments + shares as engagement,
        followers_gained,
        cast(null as bigint) as intents,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.xiaohongshu_notes
),

articles as (
    select
        account_id,
        post_ref,
        title,
        url,
        published_on,
        readers,
        share_users,
        followers_gained,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.wechat_official_articles
    union all
    select
        account_id,
        post_ref,
        title,
        url,
        published_on,
        readers,
        share_users,
        followers_gained,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.wechat_official_articles_2022
),

wechat_official as (
    select
        account_id,
        'wechat_official' as platform,
        post_ref as platform_post,
        cast(null as timestamp) as published_at,
        false as day_only,
        title,
        url as link_post,
        'image_text' as form,
        published_on,
        cast(null as timestamp) as posted_at,
        cast(null as bigint) as impressions,
        readers as reads,
        share_users as engagement,
        followers_gained,
        cast(null as bigint) as intents,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from articles
),

wechat_channels as (
    select
        account_id,
        'wechat_channels' as platform,
        video_id as platform_post,
        cast(null as timestamp) as published_at,
        false as day_only,
        description as title,
        video_id as link_post,
        'video' as form,
        published_on,
        cast(null as timestamp) as posted_at,
        cast(null as bigint) as impressions,
        plays as reads,
        recommends + likes + comments + shares as engagement,
        follows as followers_gained,
        wecom_link_clicks + contact_adds as intents,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.wechat_channels_videos
),

mapped as (
    select
        account_id,
        platform,
        post_ref as platform_post,
        case when post_ref is null then published_at end as published_at,
        day_only,
        title,
        coalesce(post_ref, title) as link_post,
        cast(null as varchar) as form,
        cast(published_at as date) as published_on,
        case when not day_only then published_at end as posted_at,
        impressions,
        reads,
        engagement,
        followers_gained,
        intents,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from core.mapped_posts
),

posts as (
    select * from xiaohongshu
    union all
    select * from wechat_official
    union all
    select * from wechat_channels
    union all
    select * from mapped
    union all
    select * from core.open_platform_posts
)

select
    account_id,
    platform,
    platform_post,     -- the platform's own id or address of the post; null: it exports none
    published_at,      -- Asia/Shanghai; where there is no id
    day_only,          -- published_at tells the day and no time
    title,
    link_post,         -- how a link register names the post: title, address or id
    form,
    published_on,
    posted_at,         -- Asia/Shanghai; null: no time is exported
    impressions,
    reads,             -- reads, plays or readers, as the platform counts
    engagement,        -- likes + saves + comments + shares, of those the export carries
    followers_gained,
    intents,           -- taps that lead on inside the platform
    exported_at,       -- Asia/Shanghai
    source_file,
    source_sheet,
    source_line,
    delivery_id
from posts
