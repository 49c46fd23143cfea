-- What each campaign had brought for what it cost at 30, 60 and 90 days from its start, never so
-- far. The return is what its parameters say a yuan held, a yuan subscribed and an application are
-- worth; none is set unless the bank does. Where a count is withheld, so is what is made of it: the
-- return goes with each, for it tells the one of its parts that is not shown.
-- grain: campaign_id, horizon_days
-- persons: arrivals (yuan_per_arrival)
-- persons: new_customers (cac_yuan, aum_yuan, yuan_per_10k_aum, return_yuan, roi)
-- persons: subscribers (subscribed_yuan, return_yuan, roi), applicants (return_yuan, roi)
-- persons: contributors (return_yuan, roi)
-- rates: yuan_per_arrival = spend_yuan / arrivals, cac_yuan = spend_yuan / new_customers

with worth as (
    select
        cast(return_per_10k_aum_month as double) / 10000 as held_yuan,
        cast(return_per_10k_subscribed as double) / 10000 as subscribed_yuan,
        cast(return_per_application as double) as application,
        return_per_10k_aum_month > 0
        or return_per_10k_subscribed > 0
        or return_per_application > 0 as is_set
    from settings.parameters
),

sums as (
    select
        persons.campaign_id,
        persons.horizon_days,
        count(case when persons.has_arrived then 1 end) as arrivals,
        count(persons.became_on) as new_customers,
        count(case when persons.orders > 0 then 1 end) as subscribers,
        count(case when persons.applications > 0 then 1 end) as applicants,
        count(
            case
                when
                    persons.aum_months_yuan * worth.held_yuan > 0
                    or persons.subscribed_yuan * worth.subscribed_yuan > 0
                    or persons.applications * worth.application > 0
                    then 1
            end
        ) as contributors,
        sum(case when persons.became_on is not null then persons.aum_yuan else 0 end) as aum_yuan,
        sum(persons.subscribed_yuan) as subscribed_yuan,
        sum(persons.aum_months_yuan) as aum_months_yuan,
        sum(persons.applications) as applications
    from core.campaign_persons as persons
    cross join worth
    group by all
),

-- Nothing is told before the horizon is over; of money nothing before its balances are there.
told as (
    select
        horizons.campaign_id,
        horizons.campaign_name,
        horizons.starts_on,
        horizons.horizon_days,
        horizons.is_mature,
        horizons.has_balances,
        case when horizons.is_mature then horizons.spend_yuan end as spend_yuan,
        case when horizons.is_mature then coalesce(sums.arrivals, 0) end as arrivals,
        case when horizons.is_mature then coalesce(sums.new_customers, 0) end as new_customers,
        case when horizons.is_mature then coalesce(sums.subscribers, 0) end as subscribers,
        case when horizons.is_mature then coalesce(sums.subscribed_yuan, 0) end as subscribed_yuan,
        case when horizons.is_mature then coalesce(sums.applicants, 0) end as applicants,
        case when horizons.is_mature and horizons.has_balances then coalesce(sums.aum_yuan, 0) end
            as aum_yuan,
        case
            when horizons.is_mature and horizons.has_balances and worth.is_set
                then coalesce(sums.contributors, 0)
        end as contributors,
        case
            when horizons.is_mature and horizons.has_balances and worth.is_set
                then cast(round(100 * (
                    coalesce(sums.aum_months_yuan, 0) * worth.held_yuan
                    + coalesce(sums.subscribed_yuan, 0) * worth.subscribed_yuan
                    + coalesce(sums.applications, 0) * worth.application
                )) / 100 as decimal(18, 2))
        end as return_yuan,
        worth.is_set
    from core.campaign_horizons as horizons
    cross join worth
    left join sums using (campaign_id, horizon_days)
)

select
    campaign_id,                -- as the bank calls it
    campaign_name,              -- likewise
    starts_on,                  -- first day of its first source code
    horizon_days,               -- 30, 60 or 90 days from then
    is_mature as mature,        -- the horizon is over
    spend_yuan,                 -- paid for it until then; null: nothing was delivered
    arrivals,                   -- distinct persons with a first session under a code of it
    -- spend / arrivals
    cast(round(spend_yuan * 100 / nullif(arrivals, 0)) / 100 as decimal(18, 2)) as yuan_per_arrival,
    new_customers,              -- for the first time ever, the last touch a code of it
    -- spend / new customers
    cast(round(spend_yuan * 100 / nullif(new_customers, 0)) / 100 as decimal(18, 2)) as cac_yuan,
    -- of the new customers, month average of the month the horizon ends in
    cast(aum_yuan as decimal(18, 2)) as aum_yuan,
    -- spend for each 10,000 yuan of it
    cast(
        round(spend_yuan * 1000000 / nullif(aum_yuan, 0)) / 100 as decimal(18, 2)
    ) as yuan_per_10k_aum,
    subscribers,                -- with a confirmed subscription, the last touch a code of it
    cast(subscribed_yuan as decimal(18, 2)) as subscribed_yuan,  -- of these
    applicants,                 -- for a card, likewise
    contributors,               -- persons the return is made of
    return_yuan,                -- by the parameters return_…; null: none is set
    cast(return_yuan as double) / nullif(spend_yuan, 0) - 1 as roi,  -- (return - spend) / spend
    -- no ROI because: immature, no_spend, return_not_set, no_balances
    case
        when not is_mature then 'immature'
        when coalesce(spend_yuan, 0) = 0 then 'no_spend'
        when not is_set then 'return_not_set'
        when not has_balances then 'no_balances'
    end as why_not,
    cast(null as varchar) as suppressed  -- columns withheld: too few persons
from told
