-- Campaigns at 30, 60 and 90 days from their start: what was paid until then, and whether all of
-- it can be known.
-- grain: campaign_id, horizon_days

with horizons as (
    select 30 as horizon_days
    union all
    select 60 as horizon_days
    union all
    select 90 as horizon_days
),

campaigns as (
    select
        campaign_id,
        min_by(campaign_name, source_code) as campaign_name,
        min(starts_on) as starts_on
    from staging.bank_campaigns
    group by campaign_id
),

dated as (
    select
        campaigns.campaign_id,
        campaigns.campaign_name,
        campaigns.starts_on,
        horizons.horizon_days,
        cast(campaigns.starts_on + horizons.horizon_days * interval 1 day as date) as ends_before
    from campaigns
    cross join horizons
),

-- A campaign of another year than the calendar's has no month of an end, and no balances.
ended as (
    select
        dated.campaign_id,
        dated.horizon_days,
        calendar.month,
        count(balanced.month) as balanced
    from dated
    inner join settings.calendar on calendar.day = dated.ends_before - 1
    left join core.balanced_months as balanced using (month)
    group by all
),

spend as (
    select
        dated.campaign_id,
        dated.horizon_days,
        sum(spend.amount_yuan) as spend_yuan
    from dated
    inner join staging.bank_spend as spend
        on dated.campaign_id = spend.campaign_id and dated.ends_before > spend.spent_on
    group by all
)

select
    dated.campaign_id,
    dated.campaign_name,
    dated.starts_on,
    dated.horizon_days,
    dated.ends_before,                              -- first day after the horizon
    ended.month as ends_in,                         -- month of its last day
    dated.ends_before <= run.as_of as is_mature,    -- the horizon is over
    coalesce(ended.balanced, 0) > 0 as has_balances,  -- of that month
    cast(spend.spend_yuan as decimal(18, 2)) as spend_yuan  -- null: nothing was delivered
from dated
cross join settings.run
left join ended using (campaign_id, horizon_days)
left join spend using (campaign_id, horizon_days)
