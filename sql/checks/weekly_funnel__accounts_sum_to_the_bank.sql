-- What platforms count adds up: the bank's total of a stage is the sum of its accounts.
select
    week,
    stage,
    sum(case when level = 'bank' then total end) as bank,
    sum(case when level = 'account' then total end) as accounts
from published.weekly_funnel
where stage_order < 6
group by week, stage
having
    sum(case when level = 'bank' then total end)
    is distinct from sum(case when level = 'account' then total end)
