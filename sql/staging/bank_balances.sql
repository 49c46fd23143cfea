-- Balances of customers who consented, by day and basis; the latest delivery counts.
-- Bases are different rows of the same customer: adding them up would multiply AUM.
-- grain: customer_token, balance_on, basis
-- per: month
-- consent: customer_token

select
    customer_token,
    balance_on,
    basis,
    aum,  -- yuan
    coalesce(deposits, demand_deposits + time_deposits) as deposits,
    funds,
    wealth,
    insurance,
    securities,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_balances
cross join settings.run
where balance_on < run.as_of
qualify row_number() over (
    partition by customer_token, balance_on, basis
    order by exported_at desc, delivery_id desc, source_line
) = 1
