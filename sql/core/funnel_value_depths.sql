-- Persons of the whole bank by how far they went in a funnel from the entries of a week or month,
-- and by the value of its breakdown.
-- grain: funnel, period, starts_on, value, depth
-- per: month

select
    month,
    funnel,
    period,
    starts_on,
    value,
    depth,
    count(*) as persons
from core.funnel_depths
where path = 1  -- the bank
group by all
