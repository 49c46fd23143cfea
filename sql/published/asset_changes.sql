-- Customers by the month and account of their first coded touch, and how what they have at the end
-- of that month and of later ones differs from the frozen balance of the day before that touch.
-- grain: cohort_starts, age, tier, unit_id, platform, account_id
-- persons: cohort_size (compared, grown, change_yuan, change_per_customer)
-- persons: compared (grown, change_yuan, change_per_customer), grown
-- rates: change_per_customer = change_yuan / compared
-- nested: tier, unit_id, account_id
-- beside: platform, account_id

with months as (
    select
        month,
        max(day) as ends_on,
        dense_rank() over (order by month) as number
    from settings.calendar
    group by month
),

cohorts as (
    select
        month,
        account_id,
        count(*) as cohort_size
    from core.first_touches
    group by all
),

-- Months that are over and of whose end some balance was delivered.
ends as (
    select
        months.month,
        months.number
    from months
    cross join settings.run
    where
        months.ends_on < run.as_of
        and months.month in (
            select moves.month
            from core.asset_moves as moves
            where moves.point_customers > 0
        )
),

levels as (
    select
        frame.month as cohort_starts,
        ends.number - months.number as age,
        frame.level,
        frame.tier,
        frame.unit_id,
        frame.unit_name,
        frame.platform,
        frame.path_account_id as account_id,
        frame.account_name,
        cast(coalesce(sum(cohorts.cohort_size), 0) as bigint) as cohort_size,
        cast(coalesce(sum(changes.compared), 0) as bigint) as compared,
        cast(coalesce(sum(changes.grown), 0) as bigint) as grown,
        cast(sum(changes.change_yuan) as decimal(18, 2)) as change_yuan
    from core.place_months as frame
    cross join settings.parameters
    inner join months on frame.month = months.month
    inner join ends
        on
            months.number <= ends.number
            and ends.number <= months.number + parameters.asset_change_months
    left join cohorts on frame.month = cohorts.month and frame.account_id = cohorts.account_id
    left join core.asset_changes as changes
        on
            frame.month = changes.cohort_starts
            and frame.account_id = changes.account_id
            and ends.month = changes.month
    where frame.month in (select known.month from cohorts as known)
    group by all
)

select
    cohort_starts,  -- month of the first touch: its first day, Asia/Shanghai
    age,            -- months since; 0: at the end of the cohort's own
    level,          -- bank, tier, unit, platform or account
    tier,           -- null: the bank, a platform
    unit_id,        -- business line or branch
    unit_name,      -- its name
    platform,       -- its own, or that of the account
    account_id,     -- of the first touch, as in the register
    account_name,   -- as in the register
    cohort_size,    -- customers with their first coded touch in the month
    compared,       -- of those, whose balance is known on both days
    grown,          -- of the compared, who have more than the day before the first touch
    change_yuan,    -- what the compared have more, yuan
    cast(
        round(change_yuan * 100 / nullif(compared, 0)) / 100 as decimal(18, 2)
    ) as change_per_customer,            -- change_yuan / compared
    cast(null as varchar) as suppressed  -- columns withheld: too few persons
from levels
