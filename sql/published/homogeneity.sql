-- What share of the posts of a month repeat one of the 90 days before: a near duplicate by title
-- of the account's own, or of another account of the bank. Copies of one work on several platforms
-- are reuse (published.works) and do not count. Posts with too short a title cannot be told and
-- are left out. What other banks publish is in no delivery, so nothing is said of it.
-- grain: month, tier, unit_id, account_id, among

with amongs as (
    select 'own_account' as among
    union all
    select 'own_bank' as among
),

repeats as (
    select
        post_id,
        bool_or(same_account) as own_account,
        bool_or(not same_account) as own_bank
    from core.near_duplicates
    group by post_id
),

posts as (
    select
        calendar.month,
        levels.level,
        levels.tier,
        levels.unit_id,
        levels.unit_name,
        levels.platform,
        levels.path_account_id as account_id,
        levels.account_name,
        amongs.among,
        case
            when amongs.among = 'own_account' then coalesce(repeats.own_account, false)
            else coalesce(repeats.own_bank, false)
        end as repeated
    from published.content_posts as posts
    inner join settings.calendar on posts.published_on = calendar.day
    inner join core.account_levels as levels
        on posts.account_id = levels.account_id and posts.published_on = levels.day
    cross join amongs
    left join repeats using (post_id)
    where posts.post_id in (select shingles.post_id from core.title_shingles as shingles)
),

rated as (
    select
        month,
        level,
        tier,
        unit_id,
        max(unit_name) as unit_name,
        max(platform) as platform,
        account_id,
        max(account_name) as account_name,
        among,
        count(*) as posts,
        count(case when repeated then 1 end) as near_duplicates,
        count(case when repeated then 1 end) / cast(count(*) as double) as rate
    from posts
    group by month, level, tier, unit_id, account_id, among
),

record as (
    select min(published_on) as first_day
    from published.content_posts
)

select
    rated.month,                  -- of publication; its first day
    rated.month + interval 1 month <= run.as_of as complete,  -- the month ended before the run
    rated.month - parameters.homogeneity_days
    >= record.first_day as full_past,  -- the days before are on record; else repeats go unseen
    rated.level,                  -- bank, tier, unit or account
    rated.tier,                   -- on the day of publication; null: the bank
    rated.unit_id,                -- business line or branch
    rated.unit_name,              -- its name
    rated.platform,               -- of the account
    rated.account_id,             -- as in the register
    rated.account_name,           -- as in the register
    rated.among,                  -- own_account, or own_bank: its other accounts
    rated.posts,                  -- whose title can be told
    rated.near_duplicates,        -- of those, with a near duplicate before them
    rated.rate as duplicate_rate,  -- near_duplicates / posts
    wilson_low(rated.rate, rated.posts) as rate_low,  -- Wilson 95 %
    wilson_high(rated.rate, rated.posts) as rate_high  -- Wilson 95 %
from rated
cross join record
cross join settings.run
cross join settings.parameters
