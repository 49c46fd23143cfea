-- Everybody that balances of a month speak of, consented or not: only counted, to report how far
-- consent reaches.
-- grain: month, customer_token
-- per: month

select distinct
    cast(concat_ws('-', substr(cast(balance_on as varchar), 1, 7), '01') as date) as month,
    customer_token
from lake.bank_balances
where customer_token is not null
