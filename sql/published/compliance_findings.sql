-- Posts of each week of publication with a finding of the rules of their day, at every level: of
-- all rules together, by category, and by rule. Titles only: what a text leaves unsaid is not
-- looked for, so a low share is no proof. Posts without a title are not reviewed.
-- grain: week_starts, tier, unit_id, account_id, category, rule_id

with posts as (
    select
        post_id,
        max(account_id) as account_id,
        max(published_on) as published_on
    from core.post_snapshots
    where title <> ''
    group by post_id
),

found as (
    select
        post_id,
        category,
        rule_id,
        count(*) as findings,
        min(found_at) as found_at,
        max(fixed_at) as fixed_at
    from core.post_findings
    group by post_id, category, rule_id
),

-- A post has findings of a rule, of a category, or any; it is fixed when it has none of them left.
kinds as (
    select
        post_id,
        category,
        rule_id,
        findings,
        fixed_at,
        found_at
    from found

    union all

    select
        post_id,
        category,
        null as rule_id,
        sum(findings) as findings,
        case when bool_and(fixed_at is not null) then max(fixed_at) end as fixed_at,
        min(found_at) as found_at
    from found
    group by post_id, category

    union all

    select
        posts.post_id,
        null as category,
        null as rule_id,
        coalesce(sum(found.findings), 0) as findings,
        case when bool_and(found.fixed_at is not null) then max(found.fixed_at) end as fixed_at,
        min(found.found_at) as found_at
    from posts
    left join found using (post_id)
    group by posts.post_id
),

counted as (
    select
        calendar.week_starts,
        max(calendar.week) as week,
        max(levels.level) as level,
        levels.tier,
        levels.unit_id,
        max(levels.unit_name) as unit_name,
        max(levels.platform) as platform,
        levels.path_account_id as account_id,
        max(levels.account_name) as account_name,
        kinds.category,
        kinds.rule_id,
        count(*) as posts,
        count(case when kinds.findings > 0 then 1 end) as posts_found,
        sum(kinds.findings) as findings,
        count(kinds.fixed_at) as posts_fixed,
        median(date_diff('day', cast(kinds.found_at as date), cast(kinds.fixed_at as date)))
            as median_days_to_fix
    from posts
    inner join settings.calendar on posts.published_on = calendar.day
    inner join core.account_levels as levels
        on posts.account_id = levels.account_id and posts.published_on = levels.day
    inner join kinds using (post_id)
    group by
        calendar.week_starts,
        levels.tier,
        levels.unit_id,
        levels.path_account_id,
        kinds.category,
        kinds.rule_id
),

reviewed as (
    select
        *,
        max(case when category is null then posts end) over (
            partition by week_starts, tier, unit_id, account_id
        ) as posts_reviewed
    from counted
),

rated as (
    select
        *,
        cast(posts_found as double) / posts_reviewed as found_share
    from reviewed
),

categories as (
    select
        category,
        max(category_zh) as category_zh
    from settings.review_rules
    group by category
)

select
    rated.week_starts,          -- of publication; its Monday
    rated.week,                 -- of publication, ISO
    rated.level,                -- bank, tier, unit or account
    rated.tier,                 -- on the day of publication; null: the bank
    rated.unit_id,              -- business line or branch
    rated.unit_name,            -- its name
    rated.platform,             -- of the account
    rated.account_id,           -- as in the register
    rated.account_name,         -- as in the register
    rated.category,             -- null: all of them
    categories.category_zh,     -- its name
    rated.rule_id,              -- null: all of the category
    rated.posts_reviewed,       -- published in the week, with a title
    rated.posts_found,          -- of those, with a finding under any title
    rated.found_share,          -- posts_found / posts_reviewed
    wilson_low(rated.found_share, rated.posts_reviewed) as rate_low,    -- Wilson 95 %
    wilson_high(rated.found_share, rated.posts_reviewed) as rate_high,  -- Wilson 95 %
    cast(rated.findings as bigint) as findings,  -- places; of an edited title, of each
    rated.posts_fixed,          -- of those found, whose latest title has none left
    rated.median_days_to_fix    -- of those fixed, from the first export that shows it
from rated
left join categories using (category)
