-- How the monthly active customers of one month became those of the next, at each level: MAU is
-- that of the month before - lost - moved_out + new_active + returned + moved_in. New, lost and
-- returned are judged for the bank as a whole; who goes on under another account moves between
-- levels. A month has them where it and the month before were delivered.
-- grain: month, tier, unit_id, platform, account_id
-- persons: new_active (retained, returned, lost, moved_in, moved_out)
-- persons: retained (new_active, returned, lost, moved_in, moved_out)
-- persons: returned (new_active, retained, lost, moved_in, moved_out)
-- persons: lost (new_active, retained, returned, moved_in, moved_out)
-- persons: moved_in (new_active, retained, returned, lost, moved_out)
-- persons: moved_out (new_active, retained, returned, lost, moved_in)
-- nested: tier, unit_id, account_id
-- beside: platform, account_id

with feed as (
    select distinct active.month
    from core.account_months as active
    inner join core.account_months as before on active.month = before.month + interval 1 month
),

came as (
    select
        moves.month,
        here.level,
        here.tier,
        here.unit_id,
        here.platform,
        here.path_account_id as account_id,
        case
            when moves.is_first_month then 'new_active'
            when moves.before_account_id is null then 'returned'
            when before.level is null then 'moved_in'
            else 'retained'
        end as move,
        moves.customers
    from core.account_month_moves as moves
    inner join core.place_months as here using (month, account_id)
    left join core.place_months as before
        on
            moves.before_account_id = before.account_id
            and moves.month = before.month + interval 1 month
            and here.level = before.level
            and here.tier is not distinct from before.tier
            and here.unit_id is not distinct from before.unit_id
            and here.platform is not distinct from before.platform
            and here.path_account_id is not distinct from before.path_account_id
),

went as (
    select
        moves.month,
        before.level,
        before.tier,
        before.unit_id,
        before.platform,
        before.path_account_id as account_id,
        before.unit_name,
        before.account_name,
        case when moves.account_id is null then 'lost' else 'moved_out' end as move,
        moves.customers
    from core.account_month_moves as moves
    inner join core.place_months as before
        on
            moves.before_account_id = before.account_id
            and moves.month = before.month + interval 1 month
    left join core.place_months as here
        on
            moves.account_id = here.account_id
            and moves.month = here.month
            and before.level = here.level
            and before.tier is not distinct from here.tier
            and before.unit_id is not distinct from here.unit_id
            and before.platform is not distinct from here.platform
            and before.path_account_id is not distinct from here.path_account_id
    where here.level is null
),

moves as (
    select
        month,
        level,
        tier,
        unit_id,
        platform,
        path_account_id as account_id,
        unit_name,
        account_name,
        null as move,
        0 as customers
    from core.place_months
    union all
    select
        month,
        level,
        tier,
        unit_id,
        platform,
        account_id,
        null as unit_name,
        null as account_name,
        move,
        customers
    from came
    union all
    select
        month,
        level,
        tier,
        unit_id,
        platform,
        account_id,
        unit_name,
        account_name,
        move,
        customers
    from went
),

months as (
    select
        month,
        max(day) as ends_on
    from settings.calendar
    group by month
),

counts as (
    select
        month,
        level,
        tier,
        unit_id,
        platform,
        account_id,
        max_by(unit_name, move is null) as unit_name,
        max_by(account_name, move is null) as account_name,
        sum(case when move = 'new_active' then customers else 0 end) as new_active,
        sum(case when move = 'retained' then customers else 0 end) as retained,
        sum(case when move = 'returned' then customers else 0 end) as returned,
        sum(case when move = 'lost' then customers else 0 end) as lost,
        sum(case when move = 'moved_in' then customers else 0 end) as moved_in,
        sum(case when move = 'moved_out' then customers else 0 end) as moved_out
    from moves
    group by all
)

select
    counts.month,                                       -- its first day, Asia/Shanghai
    months.ends_on < run.as_of as complete,             -- the month ended before the run
    counts.level,                                       -- bank, tier, unit, platform or account
    counts.tier,                                        -- null: the bank, a platform
    counts.unit_id,                                     -- business line or branch
    counts.unit_name,                                   -- its name
    counts.platform,                                    -- its own, or that of the account
    counts.account_id,                                  -- as in the register
    counts.account_name,                                -- as in the register
    cast(counts.new_active as bigint) as new_active,    -- active in a month for the first time
    cast(counts.retained as bigint) as retained,        -- active in the month before too
    cast(counts.returned as bigint) as returned,        -- not in the month before, but earlier
    cast(counts.lost as bigint) as lost,                -- in the month before, and not in this
    cast(counts.moved_in as bigint) as moved_in,        -- belonged elsewhere in the month before
    cast(counts.moved_out as bigint) as moved_out,      -- active, and belong elsewhere now
    cast(null as varchar) as suppressed                 -- columns withheld: too few persons
from counts
inner join feed using (month)
inner join months using (month)
cross join settings.run
