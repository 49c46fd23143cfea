-- Assets of each month that is over and level, in month average and at the end of the last day, and
-- per customer on three bases: all customers with a known average, the monthly active, and those of
-- the active who belong to an account. Computed from what is published, so nothing withheld comes
-- back.
-- grain: month, tier, unit_id, platform, account_id

with nobodys as (
    select
        month,
        mau,
        aum_yuan
    from published.monthly_persons
    where tier = 'unattributed'
),

active as (
    select
        persons.month,
        persons.tier,
        persons.unit_id,
        persons.platform,
        persons.account_id,
        persons.mau,
        persons.aum_yuan,
        case
            when persons.level = 'bank' then persons.mau - nobodys.mau
            when coalesce(persons.tier, '') <> 'unattributed' then persons.mau
        end as attributed_mau,
        case
            when persons.level = 'bank'
                then
                    persons.aum_yuan
                    - case when nobodys.mau is not null then coalesce(nobodys.aum_yuan, 0) end
            when coalesce(persons.tier, '') <> 'unattributed' then persons.aum_yuan
        end as attributed_aum_yuan,
        case
            when concat_ws(',', '', persons.suppressed, '') like '%,mau,%' then 'mau'
        end as suppressed
    from published.monthly_persons as persons
    left join nobodys using (month)
)

select
    assets.month,            -- its first day, Asia/Shanghai
    assets.level,            -- bank, tier, unit, platform or account
    assets.tier,             -- null: the bank, a platform
    assets.unit_id,          -- business line or branch
    assets.unit_name,        -- its name
    assets.platform,         -- its own, or that of the account; unattributed: of none
    assets.account_id,       -- as in the register
    assets.account_name,     -- as in the register
    assets.customers,        -- whose month average is known; null: none was delivered
    assets.aum_yuan,         -- their month averages, yuan
    cast(
        round(assets.aum_yuan * 100 / nullif(assets.customers, 0)) / 100 as decimal(18, 2)
    ) as aum_per_customer,   -- aum_yuan / customers
    assets.point_customers,  -- whose balance at the end of the last day is known
    assets.point_aum_yuan,   -- those balances, yuan
    cast(
        round(assets.point_aum_yuan * 100 / nullif(assets.point_customers, 0)) / 100
        as decimal(18, 2)
    ) as point_aum_per_customer,              -- point_aum_yuan / point_customers
    active.mau,                               -- active in the month, by the account of their logins
    active.aum_yuan as mau_aum_yuan,          -- month averages of those of them that are known
    cast(
        round(active.aum_yuan * 100 / nullif(active.mau, 0)) / 100 as decimal(18, 2)
    ) as aum_per_mau,                         -- mau_aum_yuan / mau
    active.attributed_mau,                    -- of the active, who belong to an account
    active.attributed_aum_yuan,               -- month averages of those of them that are known
    cast(
        round(active.attributed_aum_yuan * 100 / nullif(active.attributed_mau, 0)) / 100
        as decimal(18, 2)
    ) as aum_per_attributed_mau,              -- attributed_aum_yuan / attributed_mau
    nullif(
        concat_ws(
            ',',
            case
                when concat_ws(',', '', assets.suppressed, '') like '%,customers,%'
                    then 'customers'
            end,
            case
                when concat_ws(',', '', assets.suppressed, '') like '%,point_customers,%'
                    then 'point_customers'
            end,
            active.suppressed
        ),
        ''
    ) as suppressed          -- columns withheld: too few persons
from published.asset_persons as assets
left join active
    on
        assets.month = active.month
        and assets.tier is not distinct from active.tier
        and assets.unit_id is not distinct from active.unit_id
        and assets.platform is not distinct from active.platform
        and assets.account_id is not distinct from active.account_id
where assets.wealth_tier is null
