-- Which channel a source code is on each day that events carry it, by each dimension that content
-- is judged by. A post is known by the name its link gives it, where no other post of the account
-- has that name.
-- grain: day, source_code

with latest as (
    select *
    from core.post_snapshots
    qualify row_number() over (partition by post_id order by exported_at desc) = 1
),

named as (
    select
        latest.account_id,
        latest.link_post,
        min(latest.form) as form,
        min(themes.theme) as theme
    from latest
    left join core.post_themes as themes using (post_id)
    group by all
    having count(*) = 1
)

select
    links.day,
    links.source_code,
    links.account_id as account,
    coalesce(days.platform, '(unknown)') as platform,  -- where the account stands that day
    days.tier,                                         -- likewise
    coalesce(links.entry, '(unknown)') as entry,       -- where the code stands
    case
        when links.post is null then '(no post)'
        else coalesce(named.form, '(unknown)')
    end as form,                                       -- of the post the code stands in
    case
        when links.post is null then '(no post)'
        else coalesce(named.theme, '(unknown)')
    end as theme                                       -- likewise, by its title
from core.link_days as links
inner join core.account_days as days on links.account_id = days.account_id and links.day = days.day
left join named on links.account_id = named.account_id and links.post = named.link_post
