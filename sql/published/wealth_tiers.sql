-- Customers of each month that is over by wealth tier and level: how many, what they have, who is
-- watched and who moved into the tier. Computed from what is published, so nothing withheld comes
-- back.
-- grain: month, wealth_tier, tier, unit_id, platform, account_id

select
    persons.month,          -- its first day, Asia/Shanghai
    persons.wealth_tier,    -- mass, gold, platinum, diamond, private
    bands.band as wealth_order,  -- 0 … 4, the higher the better
    bands.from_yuan,        -- month-average AUM from which customers reach the tier
    persons.level,          -- bank, tier, unit, platform or account
    persons.tier,           -- null: the bank, a platform
    persons.unit_id,        -- business line or branch
    persons.unit_name,      -- its name
    persons.platform,       -- its own, or that of the account; unattributed: of none
    persons.account_id,     -- as in the register
    persons.account_name,   -- as in the register
    persons.customers,      -- of the tier
    cast(persons.customers as double) / nullif(everybody.customers, 0)
        as customer_share,  -- of the level's customers
    persons.aum_yuan,       -- their month averages, yuan
    cast(persons.aum_yuan as double) / nullif(everybody.aum_yuan, 0)
        as aum_share,       -- of the level's AUM
    cast(
        round(persons.aum_yuan * 100 / nullif(persons.customers, 0)) / 100 as decimal(18, 2)
    ) as aum_per_customer,  -- aum_yuan / customers
    persons.watched,        -- below the tier for so long that they are watched
    persons.moved_up,       -- came from a lower tier; null: the month before is not known
    persons.moved_down,     -- came from a higher tier; null: the month before is not known
    persons.suppressed      -- columns withheld: too few persons
from published.asset_persons as persons
inner join core.wealth_bands as bands using (wealth_tier)
inner join published.asset_persons as everybody
    on
        everybody.wealth_tier is null
        and persons.month = everybody.month
        and persons.tier is not distinct from everybody.tier
        and persons.unit_id is not distinct from everybody.unit_id
        and persons.platform is not distinct from everybody.platform
        and persons.account_id is not distinct from everybody.account_id
