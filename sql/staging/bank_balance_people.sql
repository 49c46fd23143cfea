-- Everybody that balances of a month speak of, consented or not: only counted, to report how far
-- consent reaches.
-- grain: month, customer_token
-- per: month

select distinct
    cast(date_trunc('month', balance_on) as date) as month,  -- first day
    customer_token
from lake.bank_balances
where customer_token is not null
