-- Posts of the open platforms (Douyin, Bilibili, Zhihu, Toutiao, Baijiahao), as often as they were
-- exported. Douyin and Bilibili export no id. Where the operator did not tick all parts of
-- engagement, it is null: a part that comes and goes between two exports would look like people.
-- grain: account_id, platform_post, published_at, form, title, exported_at

with douyin as (
    select
        account_id,
        'douyin' as platform,
        cast(null as varchar) as platform_post,
        published_at,
        false as day_only,
        title,
        title as link_post,
        case
            when form like '%视频%' then 'video'
            when form = '图文' then 'image_text'
            else form
        end as form,
        cast(published_at as date) as published_on,
        published_at as posted_at,
        cast(null as bigint) as impressions,
        plays as reads,
        likes + saves + comments + shares as engagement,
        followers_gained,
        profile_visits as intents,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.douyin_works
),

bilibili as (
    select
        account_id,
        'bilibili' as platform,
        cast(null as varchar) as platform_post,
        published_at,
        false as day_only,
        title,
        title as link_post,
        'video' as form,
        cast(published_at as date) as published_on,
        published_at as posted_at,
        cast(null as bigint) as impressions,
        plays as reads,
        likes + saves + comments + shares as engagement,
        followers_gained,
        cast(null as bigint) as intents,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.bilibili_videos
),

zhihu as (
    select
        account_id,
        'zhihu' as platform,
        url as platform_post,
        cast(null as timestamp) as published_at,
        false as day_only,
        title,
        url as link_post,
        'article' as form,
        cast(published_at as date) as published_on,
        published_at as posted_at,
        cast(null as bigint) as impressions,
        case
            when reads is not null or plays is not null
                then coalesce(reads, 0) + coalesce(plays, 0)
        end as reads,
        upvotes + likes + saves + comments + shares as engagement,
        cast(null as bigint) as followers_gained,
        cast(null as bigint) as intents,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.zhihu_contents
),

toutiao_works as (
    select
        account_id,
        post_id as toutiao_id,
        title,
        'article' as form,
        published_at,
        impressions,
        reads,
        likes + saves + comments + shares as engagement,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.toutiao_articles
    union all
    select
        account_id,
        post_id as toutiao_id,
        title,
        'video' as form,
        published_at,
        impressions,
        plays as reads,
        likes + saves + comments + shares as engagement,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.toutiao_videos
),

toutiao as (
    select
        account_id,
        'toutiao' as platform,
        toutiao_id as platform_post,
        cast(null as timestamp) as published_at,
        false as day_only,
        title,
        toutiao_id as link_post,
        form,
        cast(published_at as date) as published_on,
        published_at as posted_at,
        impressions,
        reads,
        engagement,
        cast(null as bigint) as followers_gained,
        cast(null as bigint) as intents,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from toutiao_works
),

baijiahao as (
    select
        account_id,
        'baijiahao' as platform,
        url as platform_post,
        cast(null as timestamp) as published_at,
        false as day_only,
        title,
        url as link_post,
        'article' as form,
        published_on,
        cast(null as timestamp) as posted_at,
        recommendations as impressions,
        reads,
        likes + saves + comments + shares as engagement,
        cast(null as bigint) as followers_gained,
        cast(null as bigint) as intents,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.baijiahao_articles
),

posts as (
    select * from douyin
    union all
    select * from bilibili
    union all
    select * from zhihu
    union all
    select * from toutiao
    union all
    select * from baijiahao
)

select
    account_id,
    platform,
    platform_post,
    published_at,
    day_only,
    title,
    link_post,
    form,
    published_on,
    posted_at,         -- Asia/Shanghai; null: no time is exported
    impressions,       -- Baijiahao: shown by recommendation
    reads,             -- Zhihu: reads of the text and plays of the video in it
    engagement,        -- likes + saves + comments + shares; Zhihu's upvotes too; not Toutiao's 转发
    followers_gained,  -- Douyin: less those that left
    intents,           -- Douyin: visits of the profile
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from posts
