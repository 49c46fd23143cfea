-- AUM is deposits + funds + wealth + insurance + securities, where all five are delivered.
select
    balance_on,
    basis,
    source_file,
    source_line,
    aum,
    deposits + funds + wealth + insurance + securities as parts
from staging.bank_balances
where abs(aum - (deposits + funds + wealth + insurance + securities)) > 0.05
