-- Conversions of each week as five rules credit them to each level: first registrations, card
-- applications and confirmed wealth subscriptions. What no touch led to is a row of its own; the
-- credits of accounts sum to those of the bank. Where too few customers are behind a number of the
-- last or the first touch it is withheld by itself: it may be as small as one person.
-- A week that the bank's event feed does not reach has no row.
-- grain: week_starts, kind, tier, unit_id, account_id
-- persons: customers (conversions, linear, time_decay, position_based)
-- persons: last_customers (last_touch), first_customers (first_touch)
-- nested: tier, unit_id, account_id

with kinds as (
    select 'new_customer' as kind
    union all
    select 'card_application' as kind
    union all
    select 'wealth_subscription' as kind
),

weeks as (
    select distinct
        frame.week,
        frame.week_starts
    from core.level_weeks as frame
    left join core.feed_gaps as gaps on frame.week_starts = gaps.week_starts
    where coalesce(gaps.is_partly_known, true)
),

-- An account out of the register has rows in the weeks in which it is credited with something.
credited as (
    select distinct
        weeks.week,
        weeks.week_starts,
        credits.account_id
    from weeks
    inner join core.attribution_credits as credits
        on credits.day >= weeks.week_starts and credits.day < weeks.week_starts + 7
),

frame as (
    select
        level_weeks.week_starts,
        level_weeks.week,
        level_weeks.account_id,
        level_weeks.level,
        level_weeks.tier,
        level_weeks.unit_id,
        level_weeks.unit_name,
        level_weeks.platform,
        level_weeks.path_account_id,
        level_weeks.account_name
    from core.level_weeks as level_weeks
    inner join weeks using (week_starts)
    union distinct
    select
        credited.week_starts,
        credited.week,
        levels.account_id,
        levels.level,
        levels.tier,
        levels.unit_id,
        levels.unit_name,
        levels.platform,
        levels.path_account_id,
        levels.account_name
    from credited
    inner join core.account_levels as levels
        on credited.account_id = levels.account_id and credited.week_starts + 6 = levels.day
)

select
    frame.week,                            -- ISO week
    frame.week_starts,                     -- its Monday, Asia/Shanghai
    kinds.kind,                            -- new_customer, card_application, wealth_subscription
    frame.level,                           -- bank, tier, unit or account
    -- head_office, line, branch, unattributed, unregistered; null: bank
    frame.tier,
    frame.unit_id,                         -- business line or branch
    frame.unit_name,                       -- its name
    frame.platform,                        -- of the account
    frame.path_account_id as account_id,   -- as in the register
    frame.account_name,                    -- as in the register
    count(distinct credits.customer_token) as customers,  -- who converted after a touch of it
    count(distinct credits.event_id) as conversions,      -- with a touch of it in the lookback
    count(distinct case when credits.last_touch = 1 then credits.customer_token end)
        as last_customers,                 -- of them, those whose last touch it was
    count(distinct case when credits.first_touch = 1 then credits.customer_token end)
        as first_customers,                -- of them, those whose first touch it was
    cast(coalesce(sum(credits.last_touch), 0) as bigint) as last_touch,    -- all to the last touch
    cast(coalesce(sum(credits.first_touch), 0) as bigint) as first_touch,  -- all to the first one
    -- the same to each touch
    cast(coalesce(sum(credits.linear), 0) as decimal(18, 9)) as linear,
    -- half as much to a touch that is a half-life older
    cast(coalesce(sum(credits.time_decay), 0) as decimal(18, 9)) as time_decay,
    -- 40 % to the first, 40 % to the last, 20 % to those between
    cast(coalesce(sum(credits.position_based), 0) as decimal(18, 9)) as position_based,
    cast(null as varchar) as suppressed    -- columns withheld: too few persons
from frame
cross join kinds
left join core.attribution_credits as credits
    on
        frame.account_id = credits.account_id
        and kinds.kind = credits.kind
        and credits.day >= frame.week_starts
        and credits.day < frame.week_starts + 7
group by all
