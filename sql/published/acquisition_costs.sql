-- What an arrival, a new customer and 10,000 yuan of their AUM cost, per month and level. Computed
-- from what is published: where a count is withheld, so is its cost, which would give it away.
-- grain: month, tier, unit_id, account_id

with nobodys as (
    select
        month,
        new_customers,
        aum_yuan
    from published.acquisition_counts
    where tier = 'unattributed'
),

-- Nothing is paid for those whom no account won.
won as (
    select
        counts.*,
        case
            when counts.level = 'bank' then counts.new_customers - nobodys.new_customers
            else counts.new_customers
        end as won,
        case
            when counts.level = 'bank' then counts.aum_yuan - nobodys.aum_yuan
            else counts.aum_yuan
        end as won_yuan
    from published.acquisition_counts as counts
    left join nobodys using (month)
)

select
    won.month,               -- its first day, Asia/Shanghai
    won.complete,            -- the month ended before the run
    won.level,               -- bank, tier, unit or account: how far the path is filled
    won.tier,                -- head_office, line, branch, unregistered; null: bank
    won.unit_id,             -- business line or branch
    won.unit_name,           -- its name
    won.platform,            -- of the account
    won.account_id,          -- as in the register
    won.account_name,        -- as in the register
    won.spend_yuan,          -- paid for it in the month; null: nothing was delivered
    won.arrivals,            -- distinct persons with a first session under a code of it
    won.won as new_customers,  -- for the first time ever, attributed to it
    -- month average, in the month after, of these; null: that month is not over, or not delivered
    cast(won.won_yuan as decimal(18, 2)) as aum_yuan,
    cast(
        round(won.spend_yuan * 100 / nullif(won.arrivals, 0)) / 100 as decimal(18, 2)
    ) as yuan_per_arrival,   -- spend / arrivals
    cast(
        round(won.spend_yuan * 100 / nullif(won.won, 0)) / 100 as decimal(18, 2)
    ) as cac_yuan,           -- spend / new customers
    cast(
        round(won.spend_yuan * 1000000 / nullif(won.won_yuan, 0)) / 100 as decimal(18, 2)
    ) as yuan_per_10k_aum,   -- spend for each 10,000 yuan of aum_yuan
    won.suppressed           -- columns withheld: too few persons
from won
where coalesce(won.tier, '') <> 'unattributed'
