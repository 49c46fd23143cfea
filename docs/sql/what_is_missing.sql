-- 缺什么、缺了多久：每个数据集最近的数据日、滞后天数与拒收行数
-- What is missing and since when: each dataset's last day, days behind, and rows refused.
select
    dataset,
    account_id,
    last_day,
    days_behind,
    delivered,
    landed,
    repeated,
    refused
from published.data_freshness
order by days_behind desc nulls first, dataset, account_id
limit 20
