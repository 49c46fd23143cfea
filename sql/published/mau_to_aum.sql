-- Customers active in a month and in none of the three before, and how many of them reached the
-- asset threshold in month-average AUM within 30, 60 and 90 days from their first login of it.
-- grain: month, days, tier, unit_id, platform, account_id
-- persons: newly_active (reached, reached_rate, rate_low, rate_high)
-- persons: reached (reached_rate, rate_low, rate_high)
-- rates: reached_rate = reached / newly_active
-- nested: tier, unit_id, account_id
-- beside: platform, account_id

with feed as (
    select min(month) as month
    from core.account_months
),

horizons as (
    select aum_early_days as days
    from settings.parameters
    union all
    select aum_middle_days as days
    from settings.parameters
    union all
    select aum_horizon_days as days
    from settings.parameters
),

cohort as (
    select
        cohorts.month,
        cohorts.account_id,
        horizons.days,
        count(*) as newly_active,
        count(case when cohorts.reached_on <= cohorts.active_on + horizons.days then 1 end)
            as reached
    from core.asset_cohorts as cohorts
    cross join horizons
    cross join feed
    where cohorts.month >= feed.month + interval 3 month  -- before, the feed is too young to tell
    group by all
),

levels as (
    select
        frame.month,
        horizons.days,
        frame.level,
        frame.tier,
        frame.unit_id,
        frame.unit_name,
        frame.platform,
        frame.path_account_id,
        frame.account_name,
        cast(coalesce(sum(cohort.newly_active), 0) as bigint) as newly_active,
        cast(coalesce(sum(cohort.reached), 0) as bigint) as reached
    from core.place_months as frame
    cross join horizons
    left join cohort using (account_id, month, days)
    where frame.month in (select known.month from cohort as known)
    group by all
),

rated as (
    select
        *,
        cast(reached as double) / nullif(newly_active, 0) as rate
    from levels
)

select
    rated.month,                   -- the cohort: first day of the month, Asia/Shanghai
    rated.days,                    -- from the first login of the month
    rated.level,                  -- bank, tier, unit, platform or account
    -- head_office, line, branch, unattributed, unregistered; null: bank, platform
    rated.tier,
    rated.unit_id,                -- business line or branch
    rated.unit_name,              -- its name
    rated.platform,               -- its own, or that of the account; unattributed: of none
    rated.path_account_id as account_id,  -- as in the register
    rated.account_name,           -- as in the register
    rated.newly_active,            -- active in the month, not in the three before
    rated.reached,                 -- of those, with month-average AUM at the threshold in time
    rated.rate as reached_rate,    -- reached / newly_active
    wilson_low(rated.rate, rated.newly_active) as rate_low,               -- Wilson 95 %
    wilson_high(rated.rate, rated.newly_active) as rate_high,              -- Wilson 95 %
    rated.month + interval 1 month + rated.days * interval 1 day
    <= run.as_of as mature,        -- everybody's days are over
    cast(null as varchar) as suppressed  -- columns withheld: too few persons
from rated
cross join settings.run
