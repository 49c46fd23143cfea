-- Articles of WeChat official accounts (export since 2026): totals at each export, in persons.
-- The address is reduced to what stays the same when it is shared: account, message, position.
-- grain: account_id, exported_at, post_ref
-- per: month

with addressed as (
    select
        *,
        concat_ws(
            '_',
            regexp_extract(url, '__biz=([^&#]*)', 1),
            regexp_extract(url, 'mid=([0-9]+)', 1),
            regexp_extract(url, 'idx=([0-9]+)', 1)
        ) as url_key
    from lake.wechat_official_articles
    cross join settings.run
    where cast(exported_at as date) <= run.as_of
),

named as (
    select
        *,
        case when url_key = '__' then url else url_key end as post_ref
    from addressed
)

select
    account_id,
    title,
    published_on,
    url_key,
    post_ref,
    url,
    readers,
    share_users,
    followers_gained,
    delivered,
    delivery_rate,
    finish_rate,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from named
qualify row_number() over (
    partition by account_id, exported_at, post_ref
    order by exported_at desc, delivery_id desc, source_line
) = 1
