-- A customer's AUM of a month: the month average as the bank delivers it; where it delivers every
-- day-end balance instead, their sum over the days of the month.
-- grain: customer_token, month
-- per: month
-- consent: customer_token

with balances as (
    select
        balances.customer_token,
        calendar.month,
        balances.balance_on,
        balances.basis,
        balances.aum
    from staging.bank_balances as balances
    inner join settings.calendar on balances.balance_on = calendar.day
),

months as (
    select
        month,
        count(*) as days,
        max(day) as ends_on
    from settings.calendar
    group by month
),

by_month as (
    select
        customer_token,
        month,
        max(case when basis = 'month_average' then balance_on end) as averaged_on,
        max_by(
            case when basis = 'month_average' then aum end,
            case when basis = 'month_average' then balance_on end
        ) as delivered_average,
        sum(case when basis = 'point_in_time' then aum end) as sum_of_day_ends,
        count(case when basis = 'point_in_time' then 1 end) as day_ends
    from balances
    group by all
)

select
    by_month.customer_token,
    by_month.month,
    months.ends_on,
    cast(coalesce(
        by_month.delivered_average,
        case
            when by_month.day_ends = months.days
                then cast(
                    round(by_month.sum_of_day_ends * 100 / months.days) / 100 as decimal(18, 2)
                )
        end
    ) as decimal(18, 2)) as aum  -- yuan
from by_month
inner join months using (month)
where by_month.delivered_average is not null or by_month.day_ends = months.days
