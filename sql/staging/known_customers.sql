-- Everybody the bank delivered, consented or not: only counted, to report how far consent reaches.
-- grain: customer_token

with delivered as (
    select customer_token from staging.bank_event_people
    union all
    select customer_token from staging.bank_balance_people
)

select distinct customer_token
from delivered
