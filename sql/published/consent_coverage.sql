-- How many of the customers the bank delivered may be counted at all: those with a valid, separate
-- consent on the run's day. Everybody else is left out of every person count: why, consent_reasons
-- says, and what is withheld there is withheld here. Who refused to be addressed is counted, and in
-- no list that is to reach people.
-- grain: one row
-- persons: customers (coverage), consented (coverage), not_addressed
-- rates: coverage = consented / customers

with addressed as (
    select reachable.customer_token
    from staging.reachable_customers as reachable
    inner join settings.parameters on reachable.purpose = parameters.consent_purpose
),

-- Rows of reasons whose number must not be read here either.
withheld as (
    select
        max(case when reason is null then 'customers' end) as customers,
        max(case when reason = 'counted' then 'consented' end) as consented
    from published.consent_reasons
    where customers is null
),

known as (
    select
        count(*) as customers,
        count(consented.customer_token) as consented,
        count(consented.customer_token) - count(addressed.customer_token) as not_addressed
    from staging.known_customers
    left join staging.consented_customers as consented
        on known_customers.customer_token = consented.customer_token
    left join addressed on known_customers.customer_token = addressed.customer_token
)

select
    known.customers,      -- everybody the bank delivered
    known.consented,      -- of those, may be counted
    cast(known.consented as double) / nullif(known.customers, 0) as coverage,  -- share
    known.not_addressed,  -- of the counted, refused to be addressed
    nullif(concat_ws(',', withheld.customers, withheld.consented), '') as suppressed  -- columns
    -- withheld: too few persons
from known
cross join withheld
