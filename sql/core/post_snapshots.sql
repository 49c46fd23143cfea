-- Posts of all platforms, as often as they were exported: totals so far, in the same words.
-- A metric an export does not carry is null. A Xiaohongshu note has no id: account, moment and
-- form identify it (titles are edited), and the title too where two share a moment.
-- grain: post_id, exported_at

with xiaohongshu as (
    select
        md5(concat_ws(
            '|',
            account_id,
            cast(published_at as varchar),
            form,
            case
                when count(*) over (partition by account_id, exported_at, published_at, form) > 1
                    then title
            end
        )) as post_id,
        account_id,
        'xiaohongshu' as platform,
        title,
        title as link_post,
        form,
        cast(published_at as date) as published_on,
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
        md5(concat_ws('|', account_id, post_ref)) as post_id,
        account_id,
        'wechat_official' as platform,
        title,
        url as link_post,
        'image_text' as form,
        published_on,
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
    qualify row_number() over (
        partition by account_id, post_ref, exported_at
        order by delivery_id desc
    ) = 1
),

wechat_channels as (
    select
        md5(concat_ws('|', account_id, video_id)) as post_id,
        account_id,
        'wechat_channels' as platform,
        description as title,
        video_id as link_post,
        'video' as form,
        published_on,
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
        md5(concat_ws('|', account_id, post_key)) as post_id,
        account_id,
        platform,
        title,
        coalesce(post_ref, title) as link_post,
        cast(null as varchar) as form,
        published_on,
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

snapshots as (
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
    post_id,
    account_id,
    platform,
    title,
    link_post,         -- how a link register names the post: title, address or id
    form,
    published_on,
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
from snapshots
