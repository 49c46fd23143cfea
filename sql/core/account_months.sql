-- How many customers were active in a month, by the account they belong to. Customers are distinct:
-- each is of one account.
-- grain: month, account_id
-- per: month

select
    customers.month,            -- first day, Asia/Shanghai
    customers.account_id,       -- `(none)`: belong to no account
    count(*) as mau,
    cast(sum(case when customers.is_stable then 1 else 0 end) as bigint) as stable_mau,
    sum(aum.aum) as aum_yuan    -- of those whose AUM is known
from core.customer_months as customers
left join core.month_aum as aum using (customer_token, month)
group by all
