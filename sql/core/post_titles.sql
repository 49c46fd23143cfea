-- The titles that posts without an id were exported under, by moment. A post keeps its moment and
-- form when its title is edited; where one export lists two titles of a moment there are two
-- posts, and the title has to tell them apart. A title that comes to such a moment when another
-- has gone may be that post under a new title: nobody can tell.
-- grain: account_id, published_at, form, title

with titles as (
    select distinct
        account_id,
        platform,
        published_at,
        coalesce(form, '') as form,
        coalesce(title, '') as title,
        exported_at,
        day_only
    from core.exported_posts
    where platform_post is null
),

exports as (
    select
        *,
        count(*) over (
            partition by account_id, published_at, form, exported_at
        ) as titles_at_once
    from titles
),

seen as (
    select
        account_id,
        published_at,
        form,
        title,
        max(platform) as platform,
        bool_or(day_only) as day_only,
        max(titles_at_once) as titles_at_once,
        min(exported_at) as first_seen_at,
        max(exported_at) as last_seen_at,
        count(*) as exports
    from exports
    group by all
),

-- A title that is new while one that was there before is missing.
replacing as (
    select distinct
        new.account_id,
        new.published_at,
        new.form,
        new.title
    from seen as new
    inner join seen as old
        on
            new.account_id = old.account_id
            and new.published_at = old.published_at
            and new.form = old.form
            and new.first_seen_at > old.first_seen_at
    left join titles as still
        on
            old.account_id = still.account_id
            and old.published_at = still.published_at
            and old.form = still.form
            and old.title = still.title
            and new.first_seen_at = still.exported_at
    where still.title is null
),

numbered as (
    select
        *,
        row_number() over (
            partition by account_id, published_at, form
            order by first_seen_at, title
        ) as nth
    from seen
),

judged as (
    select
        seen.*,
        max(seen.titles_at_once) over moment > 1 as several,
        max(case when seen.nth = 2 then seen.first_seen_at end) over moment as second_title_at,
        replacing.title is not null as replaces_one
    from numbered as seen
    left join replacing using (account_id, published_at, form, title)
    window moment as (partition by seen.account_id, seen.published_at, seen.form)
)

select
    account_id,
    platform,
    published_at,
    form,                             -- '' where the platform tells none
    title,                            -- '' where there is none
    day_only,
    several or day_only as by_title,  -- the title is what knows the post again
    (several or day_only) and replaces_one as maybe_renamed,
    -- two posts of a day are nothing strange, two of a moment are
    several and not day_only as shares_moment,
    second_title_at,
    first_seen_at,
    last_seen_at,
    exports
from judged
