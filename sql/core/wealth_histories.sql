-- The bands a customer's month-average AUM was in, in each month it is known of, up to a month of
-- which it is known: all that the wealth tier follows from. A month without it is passed over; who
-- was always in one band has that alone for a history, as most have.
-- grain: month, customer_token
-- per: month
-- reach: core.month_aum -all
-- consent: customer_token

with banded as (
    select
        aum.month,
        aum.customer_token,
        case
            when aum.aum >= parameters.private_yuan then '4'
            when aum.aum >= parameters.diamond_yuan then '3'
            when aum.aum >= parameters.platinum_yuan then '2'
            when aum.aum >= parameters.gold_yuan then '1'
            else '0'
        end as band
    from core.month_aum as aum
    cross join settings.parameters
),

ranges as (
    select
        here.month,
        here.customer_token,
        min(earlier.band) as lowest,
        max(earlier.band) as highest
    from banded as here
    inner join banded as earlier
        on here.customer_token = earlier.customer_token and here.month >= earlier.month
    group by all
),

moved as (
    select
        here.month,
        here.customer_token,
        string_agg(earlier.band, '' order by earlier.month) as history
    from ranges as here
    inner join banded as earlier
        on here.customer_token = earlier.customer_token and here.month >= earlier.month
    where here.lowest <> here.highest
    group by all
)

select
    ranges.month,  -- first day, Asia/Shanghai
    ranges.customer_token,
    coalesce(moved.history, ranges.lowest) as history  -- a digit a month, the last its own
from ranges
left join moved using (month, customer_token)
