-- Every cell of the daily exports of Douyin, Bilibili, Zhihu, Toutiao and WeCom that adds to a
-- count stage. Douyin counts short videos apart; they stand in where the metric's own file was not
-- delivered for the day. Its followers won are the net change and those that left.
-- grain: account_id, day, stage, source_file, source_sheet, source_line

with douyin_metrics as (
    select
        *,
        replace(metric, 'video_', '') as plain_metric
    from staging.douyin_account_daily
    where value is not null
),

douyin_days as (
    select *
    from douyin_metrics
    qualify row_number() over (
        partition by account_id, day, plain_metric
        order by case when metric = plain_metric then 1 else 2 end
    ) = 1
),

douyin as (
    select
        account_id,
        day,
        case plain_metric
            when 'plays' then 'read'
            when 'likes' then 'engagement'
            when 'comments' then 'engagement'
            when 'shares' then 'engagement'
            when 'profile_visits' then 'intent'
        end as stage,
        -- one line of short videos holds all metrics
        cast(round(sum(value)) as bigint) as amount,
        source_file,
        source_sheet,
        source_line
    from douyin_days
    group by all
    union all
    select
        net.account_id,
        net.day,
        'follow' as stage,
        cast(round(net.value + lost.value) as bigint) as amount,
        net.source_file,
        net.source_sheet,
        net.source_line
    from douyin_days as net
    inner join douyin_days as lost
        on
            net.account_id = lost.account_id
            and net.day = lost.day
            and lost.metric = 'followers_lost'
    where net.metric = 'followers_net'
),

bilibili as (
    select
        account_id,
        day,
        'read' as stage,
        plays as amount,
        source_file,
        source_sheet,
        source_line
    from staging.bilibili_account_daily
    union all
    select
        account_id,
        day,
        'engagement' as stage,
        likes + saves + comments + shares as amount,
        source_file,
        source_sheet,
        source_line
    from staging.bilibili_account_daily
),

zhihu as (
    select
        account_id,
        day,
        'read' as stage,
        case
            when reads is not null or plays is not null
                then coalesce(reads, 0) + coalesce(plays, 0)
        end as amount,
        source_file,
        source_sheet,
        source_line
    from staging.zhihu_account_daily
    union all
    select
        account_id,
        day,
        'engagement' as stage,
        upvotes + likes + saves + comments + shares as amount,
        source_file,
        source_sheet,
        source_line
    from staging.zhihu_account_daily
),

toutiao as (
    select
        account_id,
        day,
        'exposure' as stage,
        impressions as amount,
        source_file,
        source_sheet,
        source_line
    from staging.toutiao_account_daily
    union all
    select
        account_id,
        day,
        'read' as stage,
        reads as amount,
        source_file,
        source_sheet,
        source_line
    from staging.toutiao_account_daily
    union all
    select
        account_id,
        day,
        'engagement' as stage,
        likes + comments as amount,
        source_file,
        source_sheet,
        source_line
    from staging.toutiao_account_daily
    union all
    select
        account_id,
        day,
        'follow' as stage,
        followers_gained as amount,
        source_file,
        source_sheet,
        source_line
    from staging.toutiao_followers_daily
),

wecom as (
    select
        account_id,
        day,
        'follow' as stage,
        customers_gained as amount,
        source_file,
        source_sheet,
        source_line
    from staging.wecom_customers_daily
),

days as (
    select * from douyin
    union all
    select * from bilibili
    union all
    select * from zhihu
    union all
    select * from toutiao
    union all
    select * from wecom
)

select
    account_id,
    day,
    stage,
    amount,  -- may be below zero: a platform took something back
    source_file,
    source_sheet,
    source_line
from days
where stage is not null and amount is not null
