-- How many of the customers the bank delivered may be counted at all: those with a valid, separate
-- consent on the run's day. Everybody else is left out of every person count.
-- grain: one row
-- persons: customers (coverage), consented (coverage)

select
    count(*) as customers,                            -- everybody the bank delivered
    count(consented.customer_token) as consented,     -- of those, may be counted
    cast(count(consented.customer_token) as double) / nullif(count(*), 0) as coverage,  -- share
    cast(null as varchar) as suppressed               -- columns withheld: too few persons
from staging.known_customers
left join staging.consented_customers as consented
    on known_customers.customer_token = consented.customer_token
