-- What a customer has in a month: the month-average AUM, the balance at the end of its last day,
-- the wealth tier, and the products that a delivered average or that balance shows. A customer
-- belongs to an account as in the life cycle; null is unknown.
-- grain: month, customer_token
-- per: month
-- consent: customer_token

with days as (
    select
        day,
        month,
        day = max(day) over (partition by month) as is_last
    from settings.calendar
),

balances as (
    select
        days.month,
        balances.customer_token,
        max(case when balances.basis = 'point_in_time' then balances.aum end) as point_aum,
        max(balances.deposits) as deposits,
        max(balances.funds) as funds,
        max(balances.wealth) as wealth,
        max(balances.insurance) as insurance,
        max(balances.securities) as securities
    from staging.bank_balances as balances
    inner join days on balances.balance_on = days.day
    where
        balances.basis = 'month_average' or (balances.basis = 'point_in_time' and days.is_last)
    group by all
),

rated as (
    select
        histories.month,
        histories.customer_token,
        ratings.band,
        ratings.months_below,
        ratings.is_watched
    from core.wealth_histories as histories
    inner join core.wealth_ratings as ratings using (month, history)
)

select
    balances.month,              -- first day, Asia/Shanghai
    balances.customer_token,
    coalesce(customers.account_id, '(none)') as account_id,  -- `(none)`: belongs to no account
    aum.aum,                     -- month average, yuan
    balances.point_aum,          -- at the end of the month's last day, yuan
    rated.band,                  -- of the wealth tier, as in core.wealth_bands
    rated.months_below,          -- the tier, in a row
    rated.is_watched,
    balances.deposits > 0 as has_deposits,
    balances.funds > 0 as has_funds,
    balances.wealth > 0 as has_wealth,
    balances.insurance > 0 as has_insurance,
    balances.securities > 0 as has_securities
from balances
left join core.month_aum as aum using (month, customer_token)
left join core.lifecycle_months as customers using (month, customer_token)
left join rated using (month, customer_token)
