-- Conversions of each week as five rules credit them to each level: first registrations, card
-- applications and confirmed wealth subscriptions. What no touch led to is a row of its own; the
-- credits of accounts sum to those of the bank. Where too few customers are behind a number of the
-- last or the first touch it is withheld by itself: it may be as small as one person.
-- A week that the bank's event feed does not reach has no row.
-- grain: week_starts, kind, tier, unit_id, account_id
-- per: week of core.level_weeks
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

levelled as (
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
),

-- A number for each level: a short key where many rows are grouped.
frame as (
    select
        *,
        dense_rank() over (
            partition by week_starts
            order by tier nulls first, unit_id nulls first, path_account_id nulls first
        ) as path
    from levelled
),

paths as (
    select distinct
        week,
        week_starts,
        path,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        path_account_id,
        account_name
    from frame
),

counts as (
    select
        frame.week_starts,
        frame.path,
        credits.kind,
        count(distinct credits.customer_token) as customers,
        count(distinct credits.event_id) as conversions,
        count(distinct case when credits.last_touch = 1 then credits.customer_token end)
            as last_customers,
        count(distinct case when credits.first_touch = 1 then credits.customer_token end)
            as first_customers,
        sum(credits.last_touch) as last_touch,
        sum(credits.first_touch) as first_touch,
        sum(credits.linear) as linear,
        sum(credits.time_decay) as time_decay,
        sum(credits.position_based) as position_based
    from frame
    inner join core.attribution_credits as credits
        on
            frame.account_id = credits.account_id
            and credits.day >= frame.week_starts
            and credits.day < frame.week_starts + 7
    group by all
)

select
    paths.week,                            -- ISO week
    paths.week_starts,                     -- its Monday, Asia/Shanghai
    kinds.kind,                            -- new_customer, card_application, wealth_subscription
    paths.level,                           -- bank, tier, unit or account
    -- head_office, line, branch, unattributed, unregistered; null: bank
    paths.tier,
    paths.unit_id,                         -- business line or branch
    paths.unit_name,                       -- its name
    paths.platform,                        -- of the account
    paths.path_account_id as account_id,   -- as in the register
    paths.account_name,                    -- as in the register
    coalesce(counts.customers, 0) as customers,      -- who converted after a touch of it
    coalesce(counts.conversions, 0) as conversions,  -- with a touch of it in the lookback
    -- of the customers, those whose last touch it was
    coalesce(counts.last_customers, 0) as last_customers,
    -- of the customers, those whose first touch it was
    coalesce(counts.first_customers, 0) as first_customers,
    cast(coalesce(counts.last_touch, 0) as bigint) as last_touch,    -- all to the last touch
    cast(coalesce(counts.first_touch, 0) as bigint) as first_touch,  -- all to the first one
    cast(coalesce(counts.linear, 0) as decimal(18, 9)) as linear,    -- the same to each touch
    -- half as much to a touch that is a half-life older
    cast(coalesce(counts.time_decay, 0) as decimal(18, 9)) as time_decay,
    -- 40 % to the first, 40 % to the last, 20 % to those between
    cast(coalesce(counts.position_based, 0) as decimal(18, 9)) as position_based,
    cast(null as varchar) as suppressed    -- columns withheld: too few persons
from paths
cross join kinds
left join counts
    on
        paths.week_starts = counts.week_starts
        and paths.path = counts.path
        and kinds.kind = counts.kind
