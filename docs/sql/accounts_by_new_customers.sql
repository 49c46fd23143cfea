-- 近八周带来新户最多的账号，及每位新户对应的阅读
-- Accounts that brought most new customers in eight weeks, and the reads behind each of them.
select
    account_name,
    platform,
    sum(case when stage = 'arrival' then persons end) as arrivals,
    sum(case when stage = 'new_customer' then persons end) as new_customers,
    sum(case when stage = 'read' then total end)
    / nullif(sum(case when stage = 'new_customer' then persons end), 0) as reads_per_new_customer
from published.weekly_funnel
where
    level = 'account'
    and week_starts > (select max(weeks.week_starts) - 56 from published.weekly_funnel as weeks)
group by account_name, platform
order by new_customers desc nulls last, account_name
limit 10
