-- How many customers went, from one month to the next, from which account to which: the account
-- they belonged to when active in the month before, and the one they belong to now.
-- grain: month, before_account_id, account_id, is_first_month
-- per: month
-- reach: core.customer_months -31

with delivered as (
    select distinct month
    from core.customer_months
),

moves as (
    select
        active.month,
        before.account_id as before_account_id,
        active.account_id,
        active.is_first_month
    from core.customer_months as active
    left join core.customer_months as before
        on
            active.customer_token = before.customer_token
            and active.month = before.month + interval 1 month
    union all
    select
        delivered.month,
        before.account_id as before_account_id,
        null as account_id,
        false as is_first_month
    from core.customer_months as before
    inner join delivered on delivered.month = before.month + interval 1 month
    left join core.customer_months as active
        on
            before.customer_token = active.customer_token
            and delivered.month = active.month
    where active.month is null
)

select
    month,              -- first day, Asia/Shanghai
    before_account_id,  -- null: was not active in the month before
    account_id,         -- null: is not active in the month
    is_first_month,     -- was never active before
    count(*) as customers
from moves
group by all
