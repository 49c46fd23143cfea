-- Customers who were active in a month: at least one successful login. The account a customer
-- belongs to is that of the latest login that was attributed to one, in that month or before.
-- grain: month, customer_token
-- per: month
-- reach: core.login_months -all
-- consent: customer_token

with homes as (
    select
        active.month,
        active.customer_token,
        max_by(earlier.account_id, earlier.month) as account_id,
        min(earlier.month) as first_month
    from core.login_months as active
    inner join core.login_months as earlier
        on active.customer_token = earlier.customer_token and active.month >= earlier.month
    group by all
),

months_before as (
    select
        active.month,
        active.customer_token,
        count(
            case
                when
                    active.month
                    < earlier.month + parameters.stable_months * interval 1 month
                    then 1
            end
        ) as stable_months,
        count(case when active.month <= earlier.month + interval 3 month then 1 end) as last_three
    from core.login_months as active
    cross join settings.parameters
    inner join core.login_months as earlier
        on
            active.customer_token = earlier.customer_token
            and active.month > earlier.month
            and active.month <= earlier.month + interval 12 month
    group by all
)

select
    active.month,                     -- first day, Asia/Shanghai
    active.customer_token,
    coalesce(homes.account_id, '(none)') as account_id,  -- `(none)`: belongs to no account
    active.logins,
    active.first_login_at,            -- UTC
    coalesce(months_before.stable_months, 0) + 1 = parameters.stable_months as is_stable,
    coalesce(months_before.last_three, 0) = 0 as is_newly_active,
    homes.first_month = active.month as is_first_month
from core.login_months as active
cross join settings.parameters
inner join homes using (month, customer_token)
left join months_before using (month, customer_token)
