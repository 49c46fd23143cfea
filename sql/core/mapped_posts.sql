-- Posts of the platforms whose exports an operator maps by hand, each named by its id or address,
-- or where there is none by its moment. A column of days is mapped to midnight: it tells no time.
-- grain: account_id, post_ref, published_at, title, exported_at

with posts as (
    select
        account_id,
        'weibo' as platform,
        title,
        post_ref,
        published_at,
        impressions,
        reads,
        likes,
        comments,
        saves,
        shares,
        engagement,
        intents,
        followers_gained,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.weibo_posts
    union all
    select
        account_id,
        'kuaishou' as platform,
        title,
        post_ref,
        published_at,
        impressions,
        reads,
        likes,
        comments,
        saves,
        shares,
        engagement,
        intents,
        followers_gained,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.kuaishou_posts
    union all
    select
        account_id,
        'alipay' as platform,
        title,
        post_ref,
        published_at,
        impressions,
        reads,
        likes,
        comments,
        saves,
        shares,
        engagement,
        intents,
        followers_gained,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.alipay_posts
)

select
    account_id,
    platform,
    title,
    post_ref,
    published_at,
    published_at = cast(cast(published_at as date) as timestamp) as day_only,
    impressions,
    reads,
    -- the platform's own sum, or that of what it exports
    coalesce(
        engagement,
        case
            when coalesce(likes, comments, saves, shares) is not null
                then
                    coalesce(likes, 0)
                    + coalesce(comments, 0)
                    + coalesce(saves, 0)
                    + coalesce(shares, 0)
        end
    ) as engagement,
    followers_gained,
    intents,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from posts
qualify row_number() over (
    partition by
        account_id,
        post_ref,
        case when post_ref is null then published_at end,
        case when post_ref is null then title end,
        exported_at
    order by delivery_id desc, source_line
) = 1
