-- What the followers an account won in a week are worth: how many are still there 30 days later,
-- estimated by the losses beyond the usual ones, and how many new customers came by the account in
-- the week. A giveaway week is one with a post that offers a benefit (抽奖, 福利, 优惠).
-- grain: week_starts, account_id

with names as (
    select
        week_starts,
        week,
        account_id,
        tier,
        unit_id,
        unit_name,
        platform,
        account_name
    from core.level_weeks
    where level = 'account'
),

-- Withheld there where they are too few.
new_customers as (
    select
        week_starts,
        account_id,
        last_customers
    from published.attribution
    where kind = 'new_customer' and level = 'account'
)

select
    names.week,                                       -- ISO week
    stays.week_starts,                                -- its Monday, Asia/Shanghai
    names.tier,                                       -- on the week's Sunday
    names.unit_id,                                    -- business line or branch
    names.unit_name,                                  -- its name
    names.platform,                                   -- of the account
    stays.account_id,                                 -- as in the register
    names.account_name,                               -- as in the register
    stays.is_giveaway,                                -- a post of the week offers a benefit
    cast(round(stays.gained) as bigint) as gained,    -- followers won
    cast(round(stays.usual_lost) as bigint) as usual_lost,  -- median week of the eight before
    cast(round(stays.lost_after) as bigint) as lost_after,  -- in the 30 days after the week
    case
        when stays.missing is null
            then least(1.0, greatest(0.0, 1 - stays.excess_lost / stays.gained))
    end as stay_rate,                                 -- still there then, 0 to 1
    -- why it is null: young, other_giveaway, no_losses, few_weeks, none_gained
    stays.missing as stay_missing,
    new_customers.last_customers as new_customers     -- of the week; null: too few, or no feed
from core.follower_stays as stays
inner join names using (week_starts, account_id)
left join new_customers using (week_starts, account_id)
