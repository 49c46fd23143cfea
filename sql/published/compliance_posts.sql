-- Posts of the bank whose title has a finding of the rules of its day, a row a rule: what stands in
-- it, why it is one and what to write instead. Findings that are no violation ask for evidence or
-- for a person's judgement. Titles only: what a text leaves unsaid is not looked for.
-- grain: post_id, rule_id

with latest as (
    select *
    from core.post_findings
    qualify dense_rank() over (
        partition by post_id, rule_id
        order by title_last_seen_at desc, title
    ) = 1
),

found as (
    select
        post_id,
        account_id,
        platform,
        title,
        published_on,
        rule_id,
        rule_version,
        category,
        verdict,
        severity,
        legal_basis,
        found_at,
        fixed_at,
        min_by(matched, span_start) as matched,
        count(*) as places
    from latest
    group by all
)

select
    found.post_id,                               -- as in content_posts
    found.account_id,                            -- as in the register
    days.account_name,                           -- as in the register
    days.tier,                                   -- where the account stands on the run's day
    days.unit_id,                                -- business line or branch
    days.unit_name,                              -- its name
    found.platform,                              -- of the account
    found.published_on,                          -- Asia/Shanghai; the rules of this day are asked
    found.title,                                 -- the latest one with the finding
    found.rule_id,                               -- used once, never again
    found.rule_version,                          -- stands for all that the rule says
    found.category,                              -- promise_return, exaggeration, absolute_terms, …
    rules.category_zh,                           -- its name
    found.verdict,                               -- violation, evidence_needed or weaker
    found.severity,                              -- 1 to 3, the gravest
    found.matched,                               -- the first place, as it stands in the title
    found.places,                                -- how many there are in the title
    found.legal_basis,                           -- in force that day; as the bank's lawyers see it
    rules.reason_zh as reason,                   -- why it is one, in Chinese
    rules.suggestion_zh as suggestion,           -- what to write instead, in Chinese
    cast(found.found_at as date) as found_on,    -- the first export that shows it
    cast(found.fixed_at as date) as fixed_on,    -- the first one under a title without; null: none
    date_diff('day', cast(found.found_at as date), cast(found.fixed_at as date))
        as days_to_fix,                          -- at most: exports tell no moment
    case
        when found.fixed_at is null
            then date_diff('day', cast(found.found_at as date), run.as_of)
    end as days_open                             -- up to the run, of those not fixed
from found
cross join settings.run
inner join settings.review_rules as rules on found.rule_id = rules.rule_id
left join core.account_days as days
    on found.account_id = days.account_id and run.as_of = days.day
