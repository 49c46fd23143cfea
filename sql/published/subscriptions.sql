-- Wealth subscriptions of each week and level, attributed to the last coded touch within the
-- lookback: confirmed and not withdrawn in the cooling-off time; and, beside them, how many of the
-- week's wealth clickers went on to subscribe within the window.
-- A week that the bank's event feed does not reach has no row. Of few clicks nobody is told whether
-- a known customer was among them.
-- grain: week_starts, tier, unit_id, account_id
-- per: week of core.level_weeks
-- persons: clickers (subscribed_clickers, subscribed_rate, rate_low, rate_high)
-- persons: subscribed_clickers (subscribed_rate, rate_low, rate_high)
-- persons: customers (orders, amount_yuan), pending_orders, withdrawn_orders
-- rates: subscribed_rate = subscribed_clickers / clickers
-- nested: tier, unit_id, account_id

with clicks as (
    select
        followed_clicks.*,
        calendar.week_starts
    from core.followed_clicks
    inner join settings.calendar using (day)
),

clicked as (
    select
        frame.week_starts,
        frame.path,
        count(clicks.event_id) as wealth_clicks,
        count(distinct clicks.customer_token) as clickers,
        count(distinct case when clicks.went_on = 1 then clicks.customer_token end)
            as subscribed_clickers
    from core.level_weeks as frame
    left join clicks
        on
            frame.account_id = clicks.account_id
            and frame.week_starts = clicks.week_starts
            and clicks.product_line = 'wealth'
    left join core.feed_gaps as gaps on frame.week_starts = gaps.week_starts
    where coalesce(gaps.is_partly_known, true)
    group by all
),

orders as (
    select
        events.customer_token,
        events.account_id,
        calendar.week_starts,
        coalesce(events.cooling_off, 'confirmed') as cooling_off,
        case when events.currency = 'CNY' then events.amount end as amount
    from core.attributed_events as events
    inner join settings.calendar using (day)
    where events.event_type = 'wealth_subscription'
),

ordered as (
    select
        frame.week_starts,
        frame.path,
        count(distinct case when orders.cooling_off = 'confirmed' then orders.customer_token end)
            as customers,
        count(case when orders.cooling_off = 'confirmed' then 1 end) as orders,
        coalesce(sum(case when orders.cooling_off = 'confirmed' then orders.amount end), 0)
            as amount_yuan,
        count(case when orders.cooling_off = 'pending' then 1 end) as pending_orders,
        count(case when orders.cooling_off = 'withdrawn' then 1 end) as withdrawn_orders
    from core.level_weeks as frame
    left join orders
        on
            frame.account_id = orders.account_id
            and frame.week_starts = orders.week_starts
    group by all
),

paths as (
    select distinct
        week,
        week_starts,
        path,
        mature,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        path_account_id,
        account_name
    from core.level_weeks
),

rated as (
    select
        paths.week,
        paths.week_starts,
        paths.mature,
        paths.level,
        paths.tier,
        paths.unit_id,
        paths.unit_name,
        paths.platform,
        paths.path_account_id,
        paths.account_name,
        clicked.wealth_clicks,
        clicked.clickers,
        clicked.subscribed_clickers,
        ordered.customers,
        ordered.orders,
        ordered.amount_yuan,
        ordered.pending_orders,
        ordered.withdrawn_orders,
        cast(clicked.subscribed_clickers as double) / nullif(clicked.clickers, 0) as rate
    from clicked
    inner join ordered using (week_starts, path)
    inner join paths using (week_starts, path)
)

select
    rated.week,                    -- ISO week
    rated.week_starts,             -- its Monday, Asia/Shanghai
    rated.level,                  -- bank, tier, unit or account: how far the path is filled
    -- head_office, line, branch, unattributed, unregistered; null: bank
    rated.tier,
    rated.unit_id,                -- business line or branch
    rated.unit_name,              -- its name
    rated.platform,               -- of the account
    rated.path_account_id as account_id,  -- as in the register
    rated.account_name,           -- as in the register
    rated.wealth_clicks,           -- clicks on wealth links, by anybody
    rated.clickers,                -- distinct known customers who clicked
    rated.subscribed_clickers,     -- of those, subscribed within the window
    rated.rate as subscribed_rate,  -- subscribed_clickers / clickers
    wilson_low(rated.rate, rated.clickers) as rate_low,               -- Wilson 95 %
    wilson_high(rated.rate, rated.clickers) as rate_high,              -- Wilson 95 %
    rated.mature,                  -- the window is over
    rated.customers,               -- distinct customers with a confirmed subscription
    rated.orders,                  -- confirmed subscriptions
    cast(rated.amount_yuan as decimal(18, 2)) as amount_yuan,  -- of confirmed ones in yuan
    rated.pending_orders,          -- still in the cooling-off time
    rated.withdrawn_orders,        -- withdrawn in the cooling-off time
    -- columns withheld: too few persons, or too few clicks
    case
        when rated.wealth_clicks > 0 and rated.wealth_clicks < parameters.small_cell
            then 'clickers'
    end as suppressed
from rated
cross join settings.parameters
