-- Which share of customers holds a product, in each month that is over and level. A product that no
-- balance of a month tells of has no row: it is unknown, not zero.
-- grain: month, product, tier, unit_id, platform, account_id
-- persons: customers (holders, penetration, rate_low, rate_high)
-- persons: holders (penetration, rate_low, rate_high)
-- rates: penetration = holders / customers
-- nested: tier, unit_id, account_id
-- beside: platform, account_id

with products as (
    select distinct
        month,
        product
    from core.product_months
),

levels as (
    select
        frame.month,
        products.product,
        frame.level,
        frame.tier,
        frame.unit_id,
        frame.unit_name,
        frame.platform,
        frame.path_account_id,
        frame.account_name,
        cast(coalesce(sum(counts.customers), 0) as bigint) as customers,
        cast(coalesce(sum(counts.holders), 0) as bigint) as holders
    from core.place_months as frame
    inner join products using (month)
    left join core.product_months as counts using (month, product, account_id)
    where frame.is_complete
    group by all
),

rated as (
    select
        *,
        cast(holders as double) / nullif(customers, 0) as rate
    from levels
)

select
    rated.month,                          -- its first day, Asia/Shanghai
    rated.product,                        -- deposits, funds, wealth, insurance, securities
    rated.level,                          -- bank, tier, unit, platform or account
    rated.tier,                           -- null: the bank, a platform
    rated.unit_id,                        -- business line or branch
    rated.unit_name,                      -- its name
    rated.platform,                       -- its own, or that of the account; unattributed: of none
    rated.path_account_id as account_id,  -- as in the register
    rated.account_name,                   -- as in the register
    rated.customers,                      -- whose balances tell of the product
    rated.holders,                        -- of those, some balance of the month is above zero
    rated.rate as penetration,            -- holders / customers
    wilson_low(rated.rate, rated.customers) as rate_low,  -- Wilson 95 %
    wilson_high(rated.rate, rated.customers) as rate_high,  -- Wilson 95 %
    cast(null as varchar) as suppressed   -- columns withheld: too few persons
from rated
