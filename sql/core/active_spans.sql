-- From each day on which a customer was active to the next one within 30 days, at each level that
-- the day counts towards: a day counts for itself and the 29 after it, or until the next one at
-- the same level takes over. Only who changes accounts has different next days at different levels.
-- grain: day, customer_token
-- per: week
-- reach: core.login_days +29, core.account_days +29
-- consent: customer_token

with days as (
    select
        customer_token,
        day,
        account_id,
        lead(day) over (partition by customer_token order by day) as next_day,
        lead(account_id) over (partition by customer_token order by day) as next_account_id
    from core.login_days
),

moved_accounts as (
    select account_id
    from core.account_days
    group by account_id
    having min(tier) < max(tier) or min(unit_id) < max(unit_id)
),

-- Days after which the customer is, or may be, somewhere else.
ends as (
    select days.*
    from days
    left join moved_accounts as moved using (account_id)
    where
        days.next_day < days.day + 30
        and (days.account_id <> days.next_account_id or moved.account_id is not null)
),

left_places as (
    select
        ends.customer_token,
        ends.day,
        ends.account_id,
        places.tier,
        places.unit_id
    from ends
    inner join core.account_days as places using (account_id, day)
),

entered_places as (
    select
        ends.customer_token,
        ends.next_day as day,
        ends.next_account_id as account_id,
        places.tier,
        places.unit_id
    from ends
    inner join core.account_days as places
        on ends.next_account_id = places.account_id and ends.next_day = places.day
),

-- Who comes back to a level enters it: no other days need be looked at.
returns as (
    select
        here.customer_token,
        here.day,
        min(case when here.tier = back.tier then back.day end) as tier_again,
        min(
            case when here.tier = back.tier and here.unit_id = back.unit_id then back.day end
        ) as unit_again,
        min(
            case
                when
                    here.tier = back.tier
                    and here.unit_id = back.unit_id
                    and here.account_id = back.account_id
                    then back.day
            end
        ) as account_again
    from left_places as here
    inner join entered_places as back
        on
            here.customer_token = back.customer_token
            and here.day < back.day
            and here.day + 30 > back.day
    group by all
)

select
    days.day,             -- Asia/Shanghai
    days.customer_token,
    days.account_id,      -- as in core.login_days
    case when days.next_day < days.day + 30 then days.next_day end as bank_again,
    case
        when returns.day is not null then returns.tier_again
        when days.next_day < days.day + 30 then days.next_day
    end as tier_again,
    case
        when returns.day is not null then returns.unit_again
        when days.next_day < days.day + 30 then days.next_day
    end as unit_again,
    case
        when returns.day is not null then returns.account_again
        when days.next_day < days.day + 30 then days.next_day
    end as account_again
from days
left join returns using (customer_token, day)
