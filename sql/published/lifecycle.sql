-- Customers by their state in the life cycle at the end of each month that is over, distinct at
-- each level: a customer belongs to one account. Dormant and lost need a feed as old as their days.
-- grain: month, state, tier, unit_id, platform, account_id
-- persons: customers
-- nested: tier, unit_id, account_id
-- beside: platform, account_id

with states (state, state_order) as (
    select *
    from (
        values
        ('potential', 1), ('new', 2), ('active', 3), ('dormant', 4), ('lost', 5)
    )
),

feed as (
    select min(first_day) as first_day
    from staging.deliveries
    where dataset = 'bank_events' and landed > 0
),

months as (
    select
        calendar.month,
        max(calendar.day) as ends_on
    from settings.calendar
    where calendar.month in (select moves.month from core.lifecycle_moves as moves)
    group by calendar.month
),

counts as (
    select
        moves.month,
        months.ends_on,
        moves.to_state as state,
        levels.level,
        levels.tier,
        levels.unit_id,
        levels.unit_name,
        levels.platform,
        levels.path_account_id as account_id,
        levels.account_name,
        sum(moves.customers) as customers
    from core.lifecycle_moves as moves
    inner join months using (month)
    inner join core.account_places as levels
        on moves.account_id = levels.account_id and months.ends_on = levels.day
    group by all
),

-- A level that has any customers has a row for each state.
levels as (
    select distinct
        counts.month,
        counts.ends_on,
        counts.level,
        counts.tier,
        counts.unit_id,
        counts.unit_name,
        counts.platform,
        counts.account_id,
        counts.account_name,
        states.state,
        states.state_order
    from counts
    cross join states
)

select
    levels.month,         -- its first day, Asia/Shanghai; states are those of its last
    levels.state,         -- potential, new, active, dormant, lost
    levels.state_order,   -- 1 … 5
    levels.level,         -- bank, tier, unit, platform or account
    levels.tier,          -- null: the bank, a platform
    levels.unit_id,       -- business line or branch
    levels.unit_name,     -- its name
    levels.platform,      -- its own, or that of the account
    levels.account_id,    -- as in the register
    levels.account_name,  -- as in the register
    case
        when levels.state = 'dormant' and levels.ends_on < feed.first_day + parameters.dormant_days
            then null
        when levels.state = 'lost' and levels.ends_on < feed.first_day + parameters.lost_days
            then null
        else coalesce(cast(counts.customers as bigint), 0)
    end as customers,     -- in the state; null: the feed is too young
    cast(null as varchar) as suppressed  -- columns withheld: too few persons
from levels
cross join settings.run
cross join settings.parameters
cross join feed
left join counts
    on
        levels.month = counts.month
        and levels.state = counts.state
        and levels.tier is not distinct from counts.tier
        and levels.unit_id is not distinct from counts.unit_id
        and levels.platform is not distinct from counts.platform
        and levels.account_id is not distinct from counts.account_id
where levels.ends_on < run.as_of
