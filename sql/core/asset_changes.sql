-- What customers have at the end of a month against the frozen balance of the day before their
-- first touch, by the month of that touch and its account. Who became a customer on that day or
-- after had nothing the day before; whose balance on either day is not known is not compared.
-- grain: month, cohort_starts, account_id
-- per: month
-- reach: core.asset_baselines -all, core.new_customers -all

with compared as (
    select
        assets.month,
        cohorts.month as cohort_starts,
        cohorts.account_id,
        assets.point_aum
        - coalesce(
            cohorts.baseline_yuan,
            case
                when
                    not cohorts.has_balances
                    and became.day >= cohorts.day
                    and became.day < assets.month + interval 1 month
                    then 0
            end
        ) as change_yuan
    from core.customer_assets as assets
    cross join settings.parameters
    inner join core.asset_baselines as cohorts
        on
            assets.customer_token = cohorts.customer_token
            and assets.month >= cohorts.month
            and assets.month <= cohorts.month + parameters.asset_change_months * interval 1 month
    left join core.new_customers as became on assets.customer_token = became.customer_token
)

select
    month,          -- at its end; first day, Asia/Shanghai
    cohort_starts,  -- month of the first touch; its first day
    account_id,     -- of the first touch
    count(change_yuan) as compared,
    count(case when change_yuan > 0 then 1 end) as grown,
    sum(change_yuan) as change_yuan
from compared
group by all
having count(change_yuan) > 0
