-- Days of the accounts whose exports an operator maps by hand; a metric not mapped is null. Of an
-- account that was mapped to two platforms the later export counts.
-- grain: account_id, day

with days as (
    select
        account_id,
        'weibo' as platform,
        day,
        impressions,
        reads,
        likes,
        comments,
        saves,
        shares,
        engagement,
        intents,
        followers_gained,
        followers_lost,
        followers_total,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.weibo_account_daily
    union all
    select
        account_id,
        'kuaishou' as platform,
        day,
        impressions,
        reads,
        likes,
        comments,
        saves,
        shares,
        engagement,
        intents,
        followers_gained,
        followers_lost,
        followers_total,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.kuaishou_account_daily
    union all
    select
        account_id,
        'mini_program' as platform,
        day,
        impressions,
        reads,
        likes,
        comments,
        saves,
        shares,
        engagement,
        intents,
        followers_gained,
        followers_lost,
        followers_total,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.mini_program_account_daily
    union all
    select
        account_id,
        'alipay' as platform,
        day,
        impressions,
        reads,
        likes,
        comments,
        saves,
        shares,
        engagement,
        intents,
        followers_gained,
        followers_lost,
        followers_total,
        exported_at,
        source_file,
        source_sheet,
        source_line,
        delivery_id
    from staging.alipay_account_daily
)

select
    account_id,
    platform,
    day,
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
    intents,
    followers_gained,
    followers_lost,
    followers_total,
    source_file,
    source_sheet,
    source_line
from days
qualify row_number() over (
    partition by account_id, day
    order by exported_at desc, platform
) = 1
