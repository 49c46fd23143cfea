-- 库：analysis（个人级，仅限授权分析师）
-- 点了理财链接、窗口内没有申购的客户，按最后点击的账号计数
-- Customers who clicked a wealth link and did not subscribe within the window, by account.
select
    account_id,
    count(distinct customer_token) as customers
from core.followed_clicks
where product_line = 'wealth' and went_on = 0 and customer_token is not null
group by account_id
having count(distinct customer_token) >= 10
order by customers desc, account_id
