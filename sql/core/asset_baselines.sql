-- What a customer had the day before the first touch, frozen: the latest day-end balance of so many
-- days before it. Who had a balance in the month before, but none on those days, is unknown.
-- grain: month, customer_token
-- per: month
-- reach: staging.bank_balances -31
-- consent: customer_token

select
    touches.month,       -- of the first touch; first day, Asia/Shanghai
    touches.customer_token,
    touches.account_id,  -- whose touch it was
    touches.day,         -- of the first touch
    max_by(
        case
            when
                balances.basis = 'point_in_time'
                and balances.balance_on >= touches.day - parameters.baseline_days
                then balances.aum
        end,
        balances.balance_on
    ) as baseline_yuan,  -- null: none was delivered
    count(balances.balance_on) > 0 as has_balances  -- of any basis, in the 31 days before
from core.first_touches as touches
cross join settings.parameters
left join staging.bank_balances as balances
    on
        touches.customer_token = balances.customer_token
        and touches.day > balances.balance_on
        and touches.day - 31 <= balances.balance_on
group by all
