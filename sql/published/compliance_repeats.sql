-- Accounts whose posts of several weeks have findings of the same category: where a talk helps more
-- than another correction. Of the weeks before the run, by the week of publication.
-- grain: account_id, category

with weeks as (
    select
        findings.account_id,
        findings.category,
        calendar.week_starts,
        calendar.week,
        findings.post_id,
        min(case when findings.fixed_at is null then 0 else 1 end) as fixed
    from core.post_findings as findings
    inner join settings.calendar on findings.published_on = calendar.day
    cross join settings.run
    cross join settings.parameters
    where
        calendar.week_starts >= run.as_of - 7 * parameters.repeat_finding_weeks
        and calendar.day < run.as_of
    group by
        findings.account_id,
        findings.category,
        calendar.week_starts,
        calendar.week,
        findings.post_id
),

repeated as (
    select
        account_id,
        category,
        count(distinct week_starts) as weeks,
        count(*) as posts,
        count(case when fixed = 0 then 1 end) as posts_open,
        min(week) as first_week,
        max(week) as last_week
    from weeks
    group by account_id, category
),

categories as (
    select
        category,
        max(category_zh) as category_zh
    from settings.review_rules
    group by category
)

select
    repeated.account_id,       -- as in the register
    days.account_name,         -- as in the register
    days.tier,                 -- where the account stands on the run's day
    days.unit_id,              -- business line or branch
    days.unit_name,            -- its name
    days.platform,             -- of the account
    repeated.category,         -- promise_return, exaggeration, absolute_terms, …
    categories.category_zh,    -- its name
    repeated.weeks as weeks_found,  -- with a post that has a finding
    repeated.posts as posts_found,  -- with a finding, in these weeks
    repeated.posts_open,       -- of those, whose latest title still has one
    repeated.first_week,       -- the first of them, ISO
    repeated.last_week         -- the last of them, ISO
from repeated
cross join settings.run
cross join settings.parameters
inner join categories using (category)
left join core.account_days as days
    on repeated.account_id = days.account_id and run.as_of = days.day
where repeated.weeks >= parameters.repeat_finding_least
