-- Everybody the bank delivered, consented or not: only counted, to report how far consent reaches.
-- grain: customer_token

with delivered as (
    select customer_token from lake.bank_events
    union all
    select customer_token from lake.bank_balances
)

select distinct customer_token
from delivered
where customer_token is not null
