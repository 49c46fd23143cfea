-- Customers active in a month and in none of the three before, and when they first reached the
-- asset threshold in month-average AUM within the horizon from their first login of the month.
-- grain: month, customer_token
-- per: month
-- reach: core.month_aum +aum_horizon_days
-- consent: customer_token

with cohort as (
    select
        customers.month,
        customers.customer_token,
        customers.account_id,
        cast(customers.first_login_at + interval 8 hours as date) as active_on
    from core.customer_months as customers
    where customers.is_newly_active
),

reached as (
    select
        cohort.month,
        cohort.customer_token,
        min(aum.ends_on) as reached_on
    from cohort
    cross join settings.parameters
    inner join core.month_aum as aum
        on
            cohort.customer_token = aum.customer_token
            and aum.aum >= parameters.asset_threshold_yuan
            and aum.ends_on >= cohort.active_on
            and aum.ends_on <= cohort.active_on + parameters.aum_horizon_days
    group by all
)

select
    cohort.month,  -- first day, Asia/Shanghai
    cohort.customer_token,
    cohort.account_id,
    cohort.active_on,   -- Asia/Shanghai
    reached.reached_on  -- last day of the month of that average; null: not within the horizon
from cohort
left join reached using (month, customer_token)
