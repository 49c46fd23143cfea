-- The bank's distinct active customers beside the sum of its tiers, and of its platforms: who was
-- active under accounts of several of them in a window is counted once for the bank and once in
-- each. Active customers of no account are one more of both.
-- grain: day, measure, parts
-- persons: overlap (sum_of_parts)

with measures as (
    select
        *,
        'dau' as measure,
        dau as customers
    from published.rolling_persons
    union all
    select
        *,
        'wau' as measure,
        wau as customers
    from published.rolling_persons
    union all
    select
        *,
        'mau' as measure,
        mau as customers
    from published.rolling_persons
),

ways as (
    select 'tier' as parts
    union all
    select 'platform' as parts
),

sums as (
    select
        measures.day,
        measures.measure,
        ways.parts,
        case
            when count(*) = count(measures.customers)
                then cast(sum(measures.customers) as bigint)
        end as sum_of_parts
    from measures
    inner join ways on measures.level = ways.parts or measures.tier = 'unattributed'
    group by all
)

select
    bank.day,           -- Asia/Shanghai
    bank.measure,       -- dau, wau or mau: the day, the 7 or the 30 days that end with it
    sums.parts,         -- tier or platform: whose counts are added up
    bank.customers,     -- distinct customers of the bank
    sums.sum_of_parts,  -- null: a part is withheld, or the feed is too young
    -- counted in more than one part; of rounded numbers it may not come to less than none
    case
        when sums.sum_of_parts < bank.customers then 0 else sums.sum_of_parts - bank.customers
    end as overlap,
    cast(null as varchar) as suppressed             -- columns withheld: too few persons
from measures as bank
inner join sums using (day, measure)
where bank.level = 'bank'
