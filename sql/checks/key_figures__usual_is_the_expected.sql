-- The same median is told twice, beside a number and as the middle of its range: it is the same.
select
    figures.starts_on,
    figures.level,
    figures.metric,
    figures.kind,
    figures.usual_value,
    ranges.expected
from published.key_figures as figures
inner join published.expected_ranges as ranges
    on
        figures.period = ranges.period
        and figures.starts_on = ranges.starts_on
        and figures.level = ranges.level
        and figures.metric = ranges.metric
        and figures.kind = ranges.kind
        and figures.tier is not distinct from ranges.tier
        and figures.unit_id is not distinct from ranges.unit_id
        and figures.account_id is not distinct from ranges.account_id
where figures.period = 'week' and figures.usual_value is distinct from ranges.expected
