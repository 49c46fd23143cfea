-- Everybody that balances of a month speak of, consented or not: only counted, to report how far
-- consent reaches.
-- grain: customer_token
-- per: month

select distinct customer_token
from lake.bank_balances
where customer_token is not null
