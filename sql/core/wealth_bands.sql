-- The wealth tiers, and the month-average AUM from which each reaches up.
-- grain: band

with bands as (
    select
        0 as band,
        'mass' as wealth_tier,
        0 as from_yuan
    union all
    select
        1 as band,
        'gold' as wealth_tier,
        gold_yuan as from_yuan
    from settings.parameters
    union all
    select
        2 as band,
        'platinum' as wealth_tier,
        platinum_yuan as from_yuan
    from settings.parameters
    union all
    select
        3 as band,
        'diamond' as wealth_tier,
        diamond_yuan as from_yuan
    from settings.parameters
    union all
    select
        4 as band,
        'private' as wealth_tier,
        private_yuan as from_yuan
    from settings.parameters
)

select
    cast(band as bigint) as band,            -- the higher the better
    wealth_tier,
    cast(from_yuan as bigint) as from_yuan   -- boundary inclusive
from bands
