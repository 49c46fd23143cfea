-- The bank's distinct active customers beside the sum of its tiers: who was active under accounts
-- of several tiers in a window is counted once for the bank and once in each tier.
-- grain: day, measure
-- persons: overlap (sum_of_tiers)

with measures as (
    select
        day,
        level,
        'dau' as measure,
        dau as customers
    from published.rolling_persons
    union all
    select
        day,
        level,
        'wau' as measure,
        wau as customers
    from published.rolling_persons
    union all
    select
        day,
        level,
        'mau' as measure,
        mau as customers
    from published.rolling_persons
),

tiers as (
    select
        day,
        measure,
        case when count(*) = count(customers) then cast(sum(customers) as bigint) end
            as sum_of_tiers
    from measures
    where level = 'tier'
    group by all
)

select
    bank.day,            -- Asia/Shanghai
    bank.measure,        -- dau, wau or mau: the day, the 7 or the 30 days that end with it
    bank.customers,      -- distinct customers of the bank
    tiers.sum_of_tiers,  -- null: a tier is withheld, or the feed is too young
    tiers.sum_of_tiers - bank.customers as overlap,  -- counted in more than one tier
    cast(null as varchar) as suppressed              -- columns withheld: too few persons
from measures as bank
inner join tiers using (day, measure)
where bank.level = 'bank'
