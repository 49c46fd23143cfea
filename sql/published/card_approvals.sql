-- Customers who applied for a card in a month, how many were approved within the window, and how
-- long it took, by the level of the account the application is attributed to.
-- grain: month, tier, unit_id, platform, account_id
-- persons: applicants (applications, approved, approval_rate, rate_low, rate_high, median_hours)
-- persons: approved (approval_rate, rate_low, rate_high, median_hours)
-- rates: approval_rate = approved / applicants
-- nested: tier, unit_id, account_id
-- beside: platform, account_id

with applications as (
    select
        *,
        (epoch_us(approved_at) - epoch_us(occurred_at)) / 3600000000.0 as hours
    from core.card_applications
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
        count(distinct applications.customer_token) as applicants,
        count(applications.event_id) as applications,
        count(
            distinct case when applications.hours is not null then applications.customer_token end
        ) as approved,
        median(applications.hours) as median_hours
    from core.place_months as frame
    left join applications using (account_id, month)
    where frame.month in (select known.month from applications as known)
    group by all
),

rated as (
    select
        *,
        cast(approved as double) / nullif(applicants, 0) as rate
    from levels
)

select
    rated.month,                          -- of the application: its first day, Asia/Shanghai
    rated.level,                          -- bank, tier, unit, platform or account
    rated.tier,                           -- null: the bank, a platform
    rated.unit_id,                        -- business line or branch
    rated.unit_name,                      -- its name
    rated.platform,                       -- its own, or that of the account; unattributed: of none
    rated.path_account_id as account_id,  -- of the last coded touch before the application
    rated.account_name,                   -- as in the register
    rated.applicants,                     -- distinct customers who applied in the month
    rated.applications,                   -- theirs
    rated.approved,                       -- of the applicants, approved within the window
    rated.rate as approval_rate,          -- approved / applicants
    wilson_low(rated.rate, rated.applicants) as rate_low,  -- Wilson 95 %
    wilson_high(rated.rate, rated.applicants) as rate_high,  -- Wilson 95 %
    cast(round(rated.median_hours, 2) as double) as median_hours,  -- from application to approval
    rated.month + interval 1 month + parameters.approval_days * interval 1 day
    <= run.as_of as mature,               -- everybody's window is over
    cast(null as varchar) as suppressed   -- columns withheld: too few persons
from rated
cross join settings.parameters
cross join settings.run
