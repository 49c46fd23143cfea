-- Giveaway weeks beside ordinary ones, at every level and over all weeks: the followers won, how
-- many of them are still there 30 days later, and the new customers of these weeks. Weeks are those
-- of accounts; a rate is over those of which both its numbers are known. Customers of the one kind
-- of weeks are withheld with those of the other: all of them are told elsewhere.
-- grain: tier, unit_id, account_id
-- persons: giveaway_customers (giveaway_per_1000, ordinary_customers, ordinary_per_1000)
-- persons: ordinary_customers (ordinary_per_1000, giveaway_customers, giveaway_per_1000)
-- rates: giveaway_per_1000 = giveaway_customers / ..., ordinary_per_1000 = ordinary_customers / ...
-- nested: tier, unit_id, account_id

with new_customers as (
    select
        calendar.week_starts,
        became.account_id,
        count(*) as new_customers
    from core.new_customers as became
    inner join settings.calendar using (day)
    group by all
),

weeks as (
    select
        stays.week_starts,
        stays.account_id,
        stays.is_giveaway,
        -- Decimals add up the same in any order.
        cast(stays.gained as decimal(18, 6)) as gained,
        cast(round(stays.excess_lost * 1000000) / 1000000 as decimal(18, 6)) as excess_lost,
        case
            when gaps.week_starts is null then coalesce(new_customers.new_customers, 0)
        end as new_customers
    from core.follower_stays as stays
    left join core.feed_gaps as gaps on stays.week_starts = gaps.week_starts
    left join new_customers
        on
            stays.week_starts = new_customers.week_starts
            and stays.account_id = new_customers.account_id
),

counts as (
    select
        frame.level,
        frame.tier,
        frame.unit_id,
        max(frame.unit_name) as unit_name,
        max(frame.platform) as platform,
        frame.path_account_id as account_id,
        max(frame.account_name) as account_name,
        weeks.is_giveaway,
        count(*) as account_weeks,
        sum(weeks.gained) as gained,
        count(weeks.excess_lost) as known_weeks,
        sum(weeks.excess_lost) as excess_lost,
        sum(case when weeks.excess_lost is not null then weeks.gained end) as stay_base,
        sum(weeks.new_customers) as new_customers,
        sum(case when weeks.new_customers is not null then weeks.gained end) as customer_base
    from core.level_weeks as frame
    inner join weeks using (week_starts, account_id)
    group by all
),

rated as (
    select
        *,
        case
            when stay_base > 0 then least(
                1.0, greatest(0.0, 1 - cast(excess_lost as double) / cast(stay_base as double))
            )
        end as stay_rate,
        cast(1000 * new_customers as double)
        / nullif(cast(customer_base as double), 0) as new_per_1000
    from counts
)

select
    level,                                       -- bank, tier, unit or account
    tier,                                        -- on the week's Sunday; null: the bank
    unit_id,                                     -- business line or branch
    max(unit_name) as unit_name,                 -- its name
    max(platform) as platform,                   -- of the account
    account_id,                                  -- as in the register
    max(account_name) as account_name,           -- as in the register
    -- weeks of accounts with a post that offers a benefit; null: none
    max(case when is_giveaway then account_weeks end) as giveaway_weeks,
    max(case when not is_giveaway then account_weeks end) as ordinary_weeks,  -- without one
    max(case when is_giveaway then cast(round(gained) as bigint) end) as giveaway_gained,  -- won
    max(case when not is_giveaway then cast(round(gained) as bigint) end)
        as ordinary_gained,                      -- followers won
    max(case when is_giveaway then known_weeks end) as giveaway_known_weeks,  -- with a stay rate
    max(case when not is_giveaway then known_weeks end) as ordinary_known_weeks,  -- likewise
    max(case when is_giveaway then stay_rate end) as giveaway_stay_rate,  -- there 30 days later
    max(case when not is_giveaway then stay_rate end) as ordinary_stay_rate,  -- likewise
    max(case when is_giveaway then cast(new_customers as bigint) end)
        as giveaway_customers,                   -- of these weeks; null: the feed has none
    max(case when not is_giveaway then cast(new_customers as bigint) end)
        as ordinary_customers,                   -- likewise
    max(case when is_giveaway then new_per_1000 end)
        as giveaway_per_1000,                    -- new customers per 1,000 followers won
    max(case when not is_giveaway then new_per_1000 end) as ordinary_per_1000,  -- likewise
    cast(null as varchar) as suppressed          -- columns withheld: too few persons
from rated
group by level, tier, unit_id, account_id
