-- What the rules of its day have against a post under each title it was exported under, and when it
-- was first exported without it. An export tells what was there at its moment: a title that was
-- changed is seen at the next one, and a post that was taken down is not told from one that an
-- export no longer lists.
-- grain: post_id, title, rule_id, span_start

with titles as (
    select
        post_id,
        title,
        max(account_id) as account_id,
        max(platform) as platform,
        max(published_on) as published_on,
        min(exported_at) as title_first_seen_at,
        max(exported_at) as title_last_seen_at
    from core.post_snapshots
    group by post_id, title
),

found as (
    select
        titles.*,
        findings.rule_id,
        findings.rule_version,
        findings.category,
        findings.verdict,
        findings.severity,
        findings.span_start,
        findings.span_end,
        findings.matched,
        findings.legal_basis,
        min(titles.title_first_seen_at) over rules as found_at,
        max(titles.title_last_seen_at) over rules as last_found_at
    from titles
    inner join core.title_findings as findings
        on titles.title = findings.title and titles.published_on = findings.published_on
    window rules as (partition by titles.post_id, findings.rule_id)
),

kept as (
    select distinct
        post_id,
        rule_id,
        last_found_at
    from found
),

fixed as (
    select
        kept.post_id,
        kept.rule_id,
        min(snapshots.exported_at) as fixed_at
    from kept
    inner join core.post_snapshots as snapshots
        on kept.post_id = snapshots.post_id and kept.last_found_at < snapshots.exported_at
    group by kept.post_id, kept.rule_id
)

select
    found.post_id,
    found.account_id,
    found.platform,
    found.title,
    found.published_on,
    found.rule_id,
    found.rule_version,         -- stands for all that the rule says
    found.category,
    found.verdict,              -- violation, evidence_needed, manual_review or advice
    found.severity,             -- 1 to 3
    found.span_start,           -- characters of the title, from 0
    found.span_end,             -- not included
    found.matched,              -- as it stands in the title
    found.legal_basis,          -- the articles in force on the day of publication
    found.title_last_seen_at,   -- the last export under this title, Asia/Shanghai
    found.found_at,             -- the first export with a finding of the rule
    fixed.fixed_at              -- the first one without, and none with it after; null: none yet
from found
left join fixed
    on found.post_id = fixed.post_id and found.rule_id = fixed.rule_id
