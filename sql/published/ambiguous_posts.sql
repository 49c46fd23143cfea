-- Posts that their export does not tell apart for certain, for somebody to look at: several titles
-- of one account, moment and form, on platforms that export no id. They are not merged. An edited
-- title among them starts a post of its own, which counts from its second export on.
-- grain: account_id, published_at, form, title

with listed as (
    select *
    from core.post_titles
    qualify
        bool_or(maybe_renamed or shares_moment) over (
            partition by account_id, published_at, form
        )
),

latest as (
    select *
    from core.post_snapshots
    qualify row_number() over (
        partition by account_id, platform, published_at, coalesce(form, ''), coalesce(title, '')
        order by exported_at desc, delivery_id desc
    ) = 1
)

select
    listed.account_id,                             -- as in the register
    days.account_name,                             -- as in the register
    listed.platform,                               -- of the account
    listed.published_at,                           -- Asia/Shanghai; midnight: only the day is told
    nullif(listed.form, '') as form,               -- image_text or video; null: not exported
    nullif(listed.title, '') as title,             -- as exported
    latest.post_id,                                -- under which this title counts
    -- same_moment: posts share it; maybe_renamed: came when another title of the moment had gone,
    -- and may be that post, edited; same_day: of the same day, where that is all it tells
    case
        when listed.maybe_renamed then 'maybe_renamed'
        when listed.day_only then 'same_day'
        else 'same_moment'
    end as why,
    listed.second_title_at as ambiguous_since,     -- the export that brought the second title
    listed.first_seen_at,                          -- the first export with this title
    listed.last_seen_at,                           -- the last export with this title
    listed.exports,                                -- how many exports have this title
    latest.source_file,                            -- where it stands in the last of them
    latest.source_sheet,                           -- in a workbook
    latest.source_line                             -- its line or row, from 1
from listed
cross join settings.run
inner join latest
    on
        listed.account_id = latest.account_id
        and listed.published_at = latest.published_at
        and listed.form = coalesce(latest.form, '')
        and listed.title = coalesce(latest.title, '')
left join core.account_days as days on listed.account_id = days.account_id and run.as_of = days.day
