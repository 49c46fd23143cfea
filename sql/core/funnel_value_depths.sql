-- Persons of the whole bank by how far they went in a funnel from the entries of a week or month,
-- and by the value of its breakdown.
-- grain: funnel, period, starts_on, value, depth
-- per: month
-- reach: core.funnel_persons +6

select
    depths.month,
    depths.funnel,
    depths.period,
    depths.starts_on,
    entries.value,
    depths.depth,
    count(*) as persons
from core.funnel_depths as depths
inner join core.funnel_persons as entries using (funnel, customer_token, step_1_at)
where depths.path = 1  -- the bank
group by all
