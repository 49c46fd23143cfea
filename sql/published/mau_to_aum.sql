-- Customers active in a month and in none of the three before, and how many of them reached the
-- asset threshold in month-average AUM within the horizon from their first login of the month.
-- grain: month, tier, unit_id, account_id
-- persons: newly_active (reached, reached_rate, rate_low, rate_high)
-- persons: reached (reached_rate, rate_low, rate_high)
-- nested: tier, unit_id, account_id

with feed as (
    select min(month) as month
    from core.account_months
),

cohort as (
    select
        cohorts.month,
        cohorts.account_id,
        count(*) as newly_active,
        sum(cohorts.has_reached) as reached
    from core.asset_cohorts as cohorts
    cross join feed
    where cohorts.month >= feed.month + interval 3 month  -- before, the feed is too young to tell
    group by all
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
        cast(coalesce(sum(cohort.newly_active), 0) as bigint) as newly_active,
        cast(coalesce(sum(cohort.reached), 0) as bigint) as reached
    from core.level_months as frame
    left join cohort using (account_id, month)
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
    rated.level,                  -- bank, tier, unit or account: how far the path is filled
    -- head_office, line, branch, unattributed, unregistered; null: bank
    rated.tier,
    rated.unit_id,                -- business line or branch
    rated.unit_name,              -- its name
    rated.platform,               -- of the account
    rated.path_account_id as account_id,  -- as in the register
    rated.account_name,           -- as in the register
    rated.newly_active,            -- active in the month, not in the three before
    rated.reached,                 -- of those, with month-average AUM at the threshold in time
    rated.rate as reached_rate,    -- reached / newly_active
    case
        when rated.newly_active > 0
            then least(1.0, greatest(0.0, (
                rated.rate + 3.841458821 / (2 * rated.newly_active)
                - 1.959963985 * sqrt(
                    rated.rate * (1 - rated.rate) / rated.newly_active
                    + 3.841458821 / (4.0 * rated.newly_active * rated.newly_active)
                )
            ) / (1 + 3.841458821 / rated.newly_active)))
    end as rate_low,               -- Wilson 95 %
    case
        when rated.newly_active > 0
            then least(1.0, greatest(0.0, (
                rated.rate + 3.841458821 / (2 * rated.newly_active)
                + 1.959963985 * sqrt(
                    rated.rate * (1 - rated.rate) / rated.newly_active
                    + 3.841458821 / (4.0 * rated.newly_active * rated.newly_active)
                )
            ) / (1 + 3.841458821 / rated.newly_active)))
    end as rate_high,              -- Wilson 95 %
    rated.month + interval 1 month + parameters.aum_horizon_days * interval 1 day
    <= run.as_of as mature,        -- everybody's horizon is over
    cast(null as varchar) as suppressed  -- columns withheld: too few persons
from rated
cross join settings.parameters
cross join settings.run
