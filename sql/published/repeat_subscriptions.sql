-- Customers by the month of their first confirmed wealth subscription, and how many of them
-- subscribed again within the window. A first one is the first that the bank delivered: of the
-- months in which the event feed begins, some are no first ones.
-- grain: month, tier, unit_id, account_id
-- persons: subscribers (repeaters, repeat_rate, rate_low, rate_high, median_days)
-- persons: repeaters (repeat_rate, rate_low, rate_high, median_days)
-- rates: repeat_rate = repeaters / subscribers
-- nested: tier, unit_id, account_id

with firsts as (
    select
        *,
        date_diff(
            'day',
            cast(occurred_at + interval 8 hours as date),
            cast(repeated_at + interval 8 hours as date)
        ) as days
    from core.first_subscriptions
),

levels as (
    select
        frame.month,
        frame.level,
        frame.tier,
        frame.unit_id,
        frame.unit_name,
        frame.platform,
        frame.path_account_id,
        frame.account_name,
        count(firsts.customer_token) as subscribers,
        count(firsts.repeated_at) as repeaters,
        median(firsts.days) as median_days
    from core.level_months as frame
    left join firsts using (account_id, month)
    where frame.month in (select known.month from firsts as known)
    group by all
),

rated as (
    select
        *,
        cast(repeaters as double) / nullif(subscribers, 0) as rate
    from levels
)

select
    rated.month,                   -- of the first subscription: its first day, Asia/Shanghai
    rated.level,                   -- bank, tier, unit or account: how far the path is filled
    -- head_office, line, branch, unattributed, unregistered; null: bank
    rated.tier,
    rated.unit_id,                 -- business line or branch
    rated.unit_name,               -- its name
    rated.platform,                -- of the account
    rated.path_account_id as account_id,  -- of the last coded touch before the first subscription
    rated.account_name,            -- as in the register
    rated.subscribers,             -- distinct customers who first subscribed in the month
    rated.repeaters,               -- of those, subscribed again within the window
    rated.rate as repeat_rate,     -- repeaters / subscribers
    wilson_low(rated.rate, rated.subscribers) as rate_low,               -- Wilson 95 %
    wilson_high(rated.rate, rated.subscribers) as rate_high,              -- Wilson 95 %
    cast(rated.median_days as double) as median_days,  -- from the first to the second subscription
    rated.month + interval 1 month + parameters.repeat_days * interval 1 day
    <= run.as_of as mature,        -- everybody's window is over
    cast(null as varchar) as suppressed  -- columns withheld: too few persons
from rated
cross join settings.parameters
cross join settings.run
