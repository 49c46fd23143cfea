-- What the rules in force on the day of publication have against each title that a post was ever
-- exported under. Exports hold no text of a post: rules about what a text leaves unsaid
-- (`whole_text`) are not asked. The query gives titles and rules; the measure holds the ones to
-- the others.
-- grain: title, published_on, rule_id, span_start
-- measure: title_findings

with titles as (
    select distinct
        title,
        published_on
    from core.post_snapshots
    where title <> '' and published_on is not null
),

given as (
    select
        title,
        published_on,
        cast(null as varchar) as definition,
        cast(null as varchar) as own_hosts
    from titles

    union all

    select
        cast(null as varchar) as title,
        cast(null as date) as published_on,
        definition,
        own_hosts
    from settings.review_rules
    where not whole_text
)

select
    title,
    published_on,
    cast(null as varchar) as rule_id,
    cast(null as varchar) as rule_version,  -- stands for all that the rule says
    cast(null as varchar) as category,
    cast(null as varchar) as verdict,       -- violation, evidence_needed, manual_review or advice
    cast(null as bigint) as severity,       -- 1 to 3
    cast(null as bigint) as span_start,     -- characters of the title, from 0
    cast(null as bigint) as span_end,       -- not included
    cast(null as varchar) as matched,       -- as it stands in the title
    cast(null as varchar) as legal_basis,   -- the articles in force on that day
    definition,                             -- of a rule that is asked; of a finding null
    own_hosts                               -- likewise
from given
