-- A customer's first coded touch, judged on all history, and the account whose it was. Of touches
-- at one instant the one with the smallest event id is the first.
-- grain: customer_token
-- per: month
-- reach: core.touches -all
-- consent: customer_token

with firsts as (
    select
        customer_token,
        min(touched_at) as touched_at
    from core.touches
    group by customer_token
)

select
    touches.customer_token,
    calendar.month,          -- first day, Asia/Shanghai
    touches.day,
    min_by(touches.account_id, touches.event_id) as account_id
from core.touches as touches
inner join firsts using (customer_token, touched_at)
inner join settings.calendar using (day)
group by all
