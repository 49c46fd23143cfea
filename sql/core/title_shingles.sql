-- The pairs of neighbouring characters in a post's title, once each: what near-duplicate titles
-- share. Hashtags, blanks and punctuation are left out; titles of fewer than four characters tell
-- too little.
-- grain: post_id, shingle

with latest as (
    select
        post_id,
        lower(regexp_replace(
            title, '#[^\s#]*|[\s!-/:-@\[-`{-~，。！？：；、（）【】《》“”‘’…—～｜·]', '', 'g'
        )) as title
    from core.post_snapshots
    qualify row_number() over (partition by post_id order by exported_at desc) = 1
),

numbers as (
    select row_number() over (order by day) as n
    from settings.calendar
)

select distinct
    latest.post_id,
    substr(latest.title, cast(numbers.n as integer), 2) as shingle
from latest
inner join numbers on numbers.n < length(latest.title)
where length(latest.title) >= 4
