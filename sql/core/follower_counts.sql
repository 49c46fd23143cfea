-- How many followers an account had at the end of a day, where somebody counted: the platform's
-- export, its interface, or the number an operator noted. A number noted during a day is that of
-- the day before.
-- grain: account_id, day

with counts as (
    select
        account_id,
        day,
        followers_total as followers,
        1 as preference
    from staging.wechat_official_followers_daily
    where followers_total is not null
    union all
    select
        account_id,
        day,
        followers_total as followers,
        1 as preference
    from core.mapped_account_days
    where followers_total is not null
    union all
    select
        account_id,
        day,
        cast(round(value) as bigint) as followers,
        1 as preference
    from staging.douyin_account_daily
    where metric = 'followers_total' and value is not null
    union all
    select
        account_id,
        day,
        followers_total as followers,
        1 as preference
    from staging.toutiao_followers_daily
    where followers_total is not null
    union all
    select
        account_id,
        day,
        customers_total as followers,
        1 as preference
    from staging.wecom_customers_daily
    where customers_total is not null
    union all
    select
        account_id,
        day,
        followers_total as followers,
        2 as preference
    from staging.wechat_official_api_user_cumulate
    union all
    select
        account_id,
        counted_on - 1 as day,
        followers,
        3 as preference
    from staging.bank_follower_counts
)

select
    account_id,
    day,
    followers
from counts
qualify row_number() over (partition by account_id, day order by preference) = 1
