-- Articles of WeChat official accounts (export of 2022 to 2025): persons and times side by side,
-- counted over the first seven days after publication.
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
    from lake.wechat_official_articles_2022
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
    reads,
    share_users,
    shares,
    followers_gained,
    delivered,
    message_reads,
    delivered_read_rate,
    first_shares,
    reads_from_shares,
    first_share_rate,
    reads_per_share,
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
