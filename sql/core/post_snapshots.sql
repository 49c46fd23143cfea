-- Posts of all platforms, as often as they were exported: totals so far, in the same words. Where a
-- platform exports no id, account, moment and form know a post again (titles are edited), and the
-- title too where posts share a moment, or only the day is told (core.post_titles).
-- grain: post_id, exported_at

with known as (
    select
        posts.*,
        md5(concat_ws(
            '|',
            posts.account_id,
            posts.platform_post,
            cast(titles.published_at as varchar),
            nullif(titles.form, ''),
            case when titles.by_title then titles.title end
        )) as post_id,
        -- only the first export under the title may count again what another title counted
        coalesce(titles.maybe_renamed and posts.exported_at = titles.first_seen_at, false)
            as maybe_renamed
    from core.exported_posts as posts
    left join core.post_titles as titles
        on
            posts.platform_post is null
            and posts.account_id = titles.account_id
            and posts.published_at = titles.published_at
            and coalesce(posts.form, '') = titles.form
            and coalesce(posts.title, '') = titles.title
)

select
    post_id,
    account_id,
    platform,
    title,
    link_post,         -- how a link register names the post: title, address or id
    form,
    published_on,
    published_at,      -- Asia/Shanghai; where the platform exports no id
    posted_at,         -- Asia/Shanghai, of all platforms; null: no time is exported
    maybe_renamed,     -- perhaps a post that was exported under another title before
    impressions,
    reads,             -- reads, plays or readers, as the platform counts
    engagement,        -- likes + saves + comments + shares, of those the export carries
    followers_gained,
    intents,           -- taps that lead on inside the platform
    exported_at,       -- Asia/Shanghai
    source_file,
    source_sheet,
    source_line,
    delivery_id
from known
qualify row_number() over (
    partition by post_id, exported_at
    order by delivery_id desc, source_sheet, source_line
) = 1
