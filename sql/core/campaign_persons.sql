-- What persons did by a campaign until each of its horizons: arrived under its codes, became a
-- customer, subscribed and applied by it; and what those who became one had since.
-- grain: campaign_id, horizon_days, customer_token

with arrived as (
    select distinct
        horizons.campaign_id,
        horizons.horizon_days,
        arrivals.customer_token
    from core.arrivals as arrivals
    inner join staging.bank_campaigns as campaigns
        on
            arrivals.source_code = campaigns.source_code
            and arrivals.day >= campaigns.starts_on
            and (campaigns.ends_on is null or arrivals.day <= campaigns.ends_on)
    inner join core.campaign_horizons as horizons
        on campaigns.campaign_id = horizons.campaign_id and arrivals.day < horizons.ends_before
),

converted as (
    select
        horizons.campaign_id,
        horizons.horizon_days,
        conversions.customer_token,
        min(case when conversions.kind = 'new_customer' then conversions.day end) as became_on,
        count(case when conversions.kind = 'wealth_subscription' then 1 end) as orders,
        sum(conversions.amount_yuan) as subscribed_yuan,
        count(case when conversions.kind = 'card_application' then 1 end) as applications
    from core.campaign_conversions as conversions
    inner join core.campaign_horizons as horizons
        on
            conversions.campaign_id = horizons.campaign_id
            and conversions.day < horizons.ends_before
    group by all
),

months as (
    select
        month,
        max(day) + 1 as next_month,
        count(*) as days
    from settings.calendar
    group by month
),

-- A month's AUM counts by the share of its days from becoming a customer to the horizon.
held as (
    select
        converted.campaign_id,
        converted.horizon_days,
        converted.customer_token,
        sum(case when months.month = horizons.ends_in then aum.aum end) as aum_yuan,
        sum(cast(round(
            aum.aum * 100 * date_diff(
                'day',
                greatest(converted.became_on, months.month),
                least(horizons.ends_before, months.next_month)
            ) / months.days
        ) / 100 as decimal(18, 2))) as aum_months_yuan
    from converted
    inner join core.campaign_horizons as horizons using (campaign_id, horizon_days)
    inner join core.month_aum as aum using (customer_token)
    inner join months on aum.month = months.month
    where horizons.ends_before > months.month and converted.became_on < months.next_month
    group by all
),

persons as (
    select
        campaign_id,
        horizon_days,
        customer_token
    from arrived
    union distinct
    select
        campaign_id,
        horizon_days,
        customer_token
    from converted
)

select
    persons.campaign_id,
    persons.horizon_days,
    persons.customer_token,
    arrived.customer_token is not null as has_arrived,
    converted.became_on,                                     -- null: did not, or by something else
    coalesce(converted.orders, 0) as orders,                 -- confirmed subscriptions
    cast(coalesce(converted.subscribed_yuan, 0) as decimal(18, 2)) as subscribed_yuan,
    coalesce(converted.applications, 0) as applications,     -- for cards
    -- month average of the month the horizon ends in
    cast(coalesce(held.aum_yuan, 0) as decimal(18, 2)) as aum_yuan,
    -- yuan held, times months
    cast(coalesce(held.aum_months_yuan, 0) as decimal(18, 2)) as aum_months_yuan
from persons
left join arrived using (campaign_id, horizon_days, customer_token)
left join converted using (campaign_id, horizon_days, customer_token)
left join held using (campaign_id, horizon_days, customer_token)
