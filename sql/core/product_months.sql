-- How many customers hold a product in a month, by the account they belong to: some balance of the
-- month shows it. Of whom no balance tells of the product, nothing is known.
-- grain: month, account_id, product

with accounts as (
    select
        month,
        account_id,
        count(has_deposits) as deposits_known,
        count(case when has_deposits then 1 end) as deposits_holders,
        count(has_funds) as funds_known,
        count(case when has_funds then 1 end) as funds_holders,
        count(has_wealth) as wealth_known,
        count(case when has_wealth then 1 end) as wealth_holders,
        count(has_insurance) as insurance_known,
        count(case when has_insurance then 1 end) as insurance_holders,
        count(has_securities) as securities_known,
        count(case when has_securities then 1 end) as securities_holders
    from core.customer_assets
    group by all
),

products as (
    select
        month,
        account_id,
        'deposits' as product,
        deposits_known as customers,
        deposits_holders as holders
    from accounts
    union all
    select
        month,
        account_id,
        'funds' as product,
        funds_known as customers,
        funds_holders as holders
    from accounts
    union all
    select
        month,
        account_id,
        'wealth' as product,
        wealth_known as customers,
        wealth_holders as holders
    from accounts
    union all
    select
        month,
        account_id,
        'insurance' as product,
        insurance_known as customers,
        insurance_holders as holders
    from accounts
    union all
    select
        month,
        account_id,
        'securities' as product,
        securities_known as customers,
        securities_holders as holders
    from accounts
)

select
    month,       -- first day, Asia/Shanghai
    account_id,  -- `(none)`: belong to no account
    product,     -- deposits, funds, wealth, insurance, securities
    customers,   -- whose balances tell of it
    holders
from products
where customers > 0
