-- How many customers were in which state of the life cycle at the end of a month, under which
-- account, and in which at the end of the month before.
-- grain: month, account_id, from_state, to_state
-- per: month
-- reach: core.lifecycle_months -31

select
    here.month,                    -- first day, Asia/Shanghai
    here.account_id,               -- `(none)`: belong to no account
    before.state as from_state,    -- null: was not known
    here.state as to_state,
    count(*) as customers
from core.lifecycle_months as here
left join core.lifecycle_months as before
    on
        here.customer_token = before.customer_token
        and here.month = before.month + interval 1 month
group by all
