-- Followers won and lost by day. Where only the posts' exports tell (WeChat Channels), what a post
-- won is spread evenly over the days it covers, and what was lost is not known.
-- grain: account_id, day

with douyin as (
    select
        account_id,
        day,
        max(case when metric = 'followers_net' then value end) as net,
        max(case when metric = 'followers_lost' then value end) as lost
    from staging.douyin_account_daily
    where metric in ('followers_net', 'followers_lost')
    group by all
),

moves as (
    select
        account_id,
        day,
        cast(max(case when metric = 'followers_gained' then value end) as decimal(18, 6)) as gained,
        cast(max(case when metric = 'followers_lost' then value end) as decimal(18, 6)) as lost
    from staging.xiaohongshu_account_daily
    where metric in ('followers_gained', 'followers_lost')
    group by all
    union all
    select
        account_id,
        day,
        cast(followers_gained as decimal(18, 6)) as gained,
        cast(followers_lost as decimal(18, 6)) as lost
    from staging.wechat_official_followers_daily
    union all
    select
        account_id,
        day,
        cast(followers_gained as decimal(18, 6)) as gained,
        cast(followers_lost as decimal(18, 6)) as lost
    from core.mapped_account_days
    where followers_gained is not null
    union all
    select
        account_id,
        day,
        cast(followers_gained as decimal(18, 6)) as gained,
        cast(followers_lost as decimal(18, 6)) as lost
    from staging.toutiao_followers_daily
    union all
    select
        account_id,
        day,
        cast(customers_gained as decimal(18, 6)) as gained,
        cast(customers_lost as decimal(18, 6)) as lost
    from staging.wecom_customers_daily
    union all
    select
        account_id,
        day,
        cast(net + lost as decimal(18, 6)) as gained,
        cast(lost as decimal(18, 6)) as lost
    from douyin
    where net is not null and lost is not null
),

from_posts as (
    select
        increments.account_id,
        calendar.day,
        sum(cast(
            round(
                increments.followers_gained_added * 1000000
                / date_diff('day', increments.covers_from, increments.covers_until)
            ) / 1000000
            as decimal(18, 6)
        )) as gained
    from core.post_increments as increments
    inner join settings.calendar
        on
            calendar.day >= increments.covers_from
            and calendar.day < increments.covers_until
    where increments.account_id not in (select moves.account_id from moves)
    group by all
),

days as (
    select
        account_id,
        day,
        gained,
        lost
    from moves
    union all
    select
        account_id,
        day,
        gained,
        cast(null as decimal(18, 6)) as lost
    from from_posts
)

select
    account_id,
    day,
    gained,
    lost  -- null: the platform does not tell
from days
cross join settings.run
where day < run.as_of
