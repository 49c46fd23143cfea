-- Every cell of a platform's daily export that adds to a count stage of an account, and the coded
-- clicks of the bank's own feed. Daily numbers are as exported: nothing is estimated.
-- grain: account_id, day, stage, source_file, source_sheet, source_line

with xiaohongshu as (
    select
        account_id,
        day,
        case metric
            when 'impressions' then 'exposure'
            when 'views' then 'read'
            when 'likes' then 'engagement'
            when 'comments' then 'engagement'
            when 'saves' then 'engagement'
            when 'shares' then 'engagement'
            when 'followers_gained' then 'follow'
            when 'profile_visits' then 'intent'
        end as stage,
        cast(round(value) as bigint) as amount,
        source_file,
        source_sheet,
        source_line
    from staging.xiaohongshu_account_daily
),

wechat_official as (
    select
        account_id,
        day,
        'read' as stage,
        readers as amount,
        source_file,
        source_sheet,
        source_line
    from staging.wechat_official_reads_daily
    where channel = 'all'  -- the channels overlap
    union all
    select
        answered.account_id,
        answered.day,
        'read' as stage,
        answered.readers as amount,
        answered.source_file,
        answered.source_sheet,
        answered.source_line
    from staging.wechat_official_api_reads_daily as answered
    left join staging.wechat_official_reads_daily as exported
        on
            answered.account_id = exported.account_id
            and answered.day = exported.day
            and exported.channel = 'all'
    where answered.channel = 'all' and exported.readers is null  -- the same readers, told twice
    union all
    select
        account_id,
        day,
        'engagement' as stage,
        case
            when share_users is not null or favorite_users is not null
                then coalesce(share_users, 0) + coalesce(favorite_users, 0)
        end as amount,
        source_file,
        source_sheet,
        source_line
    from staging.wechat_official_actions_daily
    union all
    select
        account_id,
        day,
        'intent' as stage,
        jump_users as amount,
        source_file,
        source_sheet,
        source_line
    from staging.wechat_official_actions_daily
    union all
    select
        account_id,
        day,
        'follow' as stage,
        followers_gained as amount,
        source_file,
        source_sheet,
        source_line
    from staging.wechat_official_followers_daily
),

mapped as (
    select
        account_id,
        day,
        'exposure' as stage,
        impressions as amount,
        source_file,
        source_sheet,
        source_line
    from core.mapped_account_days
    union all
    select
        account_id,
        day,
        'read' as stage,
        reads as amount,
        source_file,
        source_sheet,
        source_line
    from core.mapped_account_days
    union all
    select
        account_id,
        day,
        'engagement' as stage,
        engagement as amount,
        source_file,
        source_sheet,
        source_line
    from core.mapped_account_days
    union all
    select
        account_id,
        day,
        'intent' as stage,
        intents as amount,
        source_file,
        source_sheet,
        source_line
    from core.mapped_account_days
    union all
    select
        account_id,
        day,
        'follow' as stage,
        followers_gained as amount,
        source_file,
        source_sheet,
        source_line
    from core.mapped_account_days
),

clicks as (
    select
        account_id,
        day,
        'click' as stage,
        count(*) as amount,
        source_file,
        source_sheet,
        min(source_line) as source_line  -- the first of the day's lines
    from core.clicks
    group by all
),

contributions as (
    select * from xiaohongshu
    union all
    select * from wechat_official
    union all
    select * from mapped
    union all
    select * from core.open_platform_days
    union all
    select * from core.bank_channel_days
    union all
    select * from clicks
)

select
    account_id,
    day,
    stage,
    amount,
    source_file,
    source_sheet,
    source_line
from contributions
where stage is not null and amount is not null
