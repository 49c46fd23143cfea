-- How many customers were active on a day at each level; of them, who had been active there in the
-- 6 or 29 days before, and who are so again in the 6 or 29 days after. It is all that a count of
-- distinct customers over 7 or 30 days needs: who was not there before enters it on the day, who
-- does not come again leaves it when the window is over.
-- grain: day, tier, unit_id, platform, account_id
-- per: week of core.login_days
-- reach: core.login_days -29, core.login_days +29
-- reach: core.account_places -29, core.account_places +29

-- A place is an account, or none, at a unit and tier: one that moves is somewhere else. Day and
-- place are one number that sorts as the day does, for sorting is most of the work.
with numbered as (
    select
        account_id,
        day,
        tier,
        unit_id,
        platform,
        cast(dense_rank() over (order by account_id, tier, unit_id, platform) as int) as place
    from core.account_places
    where level = 'account' or tier = 'unattributed'
),

places as (
    select
        *,
        cast(date_diff('day', date '2000-01-01', day) as int) * 65536 + place as visit
    from numbered
),

visits as (
    select
        days.customer_token,
        places.visit,
        lag(places.visit) over (partition by days.customer_token order by places.visit) as earlier,
        lead(places.visit) over (partition by days.customer_token order by places.visit) as later
    from core.login_days as days
    inner join places using (account_id, day)
),

gaps as (
    select
        customer_token,
        visit,
        visit // 65536 - earlier // 65536 as days_since,
        later // 65536 - visit // 65536 as days_until,
        (visit - earlier) % 65536 <> 0 as was_elsewhere,
        (later - visit) % 65536 <> 0 as goes_elsewhere
    from visits
),

anywhere as (
    select
        visit,
        count(*) as customers,
        count(case when days_since < 7 then 1 end) as before_7,
        count(case when days_since < 30 then 1 end) as before_30,
        count(case when days_until < 7 then 1 end) as again_7,
        count(case when days_until < 30 then 1 end) as again_30
    from gaps
    group by all
),

elsewhere as (
    select
        visit,
        count(case when was_elsewhere and days_since < 7 then 1 end) as before_7,
        count(case when was_elsewhere and days_since < 30 then 1 end) as before_30,
        count(case when goes_elsewhere and days_until < 7 then 1 end) as again_7,
        count(case when goes_elsewhere and days_until < 30 then 1 end) as again_30
    from gaps
    where was_elsewhere or goes_elsewhere
    group by all
),

-- Who goes elsewhere may be in the same tier still, or come back to it, its unit or its account.
detours as (
    select
        gone.customer_token,
        gone.visit,
        come.visit as next_visit
    from gaps as gone
    inner join gaps as come using (customer_token)
    where
        gone.goes_elsewhere
        and gone.days_until < 30
        and come.was_elsewhere
        and come.days_since < 30
        and gone.visit < come.visit
        and come.visit // 65536 - gone.visit // 65536 < 30
),

-- Left joins, as an engine that starts with the pairs of places makes far too many.
customer_returns as (
    select
        detours.customer_token,
        here.account_id,
        here.day,
        min(case when here.tier = back.tier then back.day end) as tier_on,
        min(
            case
                when here.tier = back.tier and here.unit_id = back.unit_id then back.day
            end
        ) as unit_on,
        min(case when here.platform = back.platform then back.day end) as platform_on,
        min(case when here.place = back.place then back.day end) as account_on
    from detours
    left join places as here on detours.visit = here.visit
    left join places as back on detours.next_visit = back.visit
    group by all
),

returns as (
    select
        account_id,
        day,
        tier_on,
        unit_on,
        platform_on,
        account_on,
        count(*) as customers
    from customer_returns
    group by all
),

level_returns as (
    select
        levels.level,
        levels.tier,
        levels.unit_id,
        levels.platform,
        levels.path_account_id as account_id,
        returns.day,
        case levels.level
            when 'tier' then returns.tier_on
            when 'unit' then returns.unit_on
            when 'platform' then returns.platform_on
            else returns.account_on
        end as again_on,
        returns.customers
    from returns
    inner join core.account_places as levels using (account_id, day)
    where levels.level <> 'bank'
),

moves as (
    select
        places.day,
        levels.level,
        levels.tier,
        levels.unit_id,
        levels.platform,
        levels.path_account_id as account_id,
        anywhere.customers,
        anywhere.before_7,
        anywhere.before_30,
        anywhere.again_7,
        anywhere.again_30
    from anywhere
    inner join places using (visit)
    inner join core.account_places as levels using (account_id, day)
    union all
    select
        places.day,
        levels.level,
        levels.tier,
        levels.unit_id,
        levels.platform,
        levels.path_account_id as account_id,
        0 as customers,
        -elsewhere.before_7 as before_7,
        -elsewhere.before_30 as before_30,
        -elsewhere.again_7 as again_7,
        -elsewhere.again_30 as again_30
    from elsewhere
    inner join places using (visit)
    inner join core.account_places as levels using (account_id, day)
    where levels.level <> 'bank'
    union all
    select
        day,
        level,
        tier,
        unit_id,
        platform,
        account_id,
        0 as customers,
        0 as before_7,
        0 as before_30,
        case when again_on < day + 7 then customers else 0 end as again_7,
        customers as again_30
    from level_returns
    where again_on is not null
    union all
    select
        again_on as day,
        level,
        tier,
        unit_id,
        platform,
        account_id,
        0 as customers,
        case when again_on < day + 7 then customers else 0 end as before_7,
        customers as before_30,
        0 as again_7,
        0 as again_30
    from level_returns
    where again_on is not null
)

select
    day,                                          -- Asia/Shanghai
    level,                                        -- bank, tier, unit, platform or account
    tier,
    unit_id,
    platform,
    account_id,
    cast(sum(customers) as bigint) as customers,
    cast(sum(before_7) as bigint) as before_7,    -- were active there in the 6 days before
    cast(sum(before_30) as bigint) as before_30,  -- in the 29 days before
    cast(sum(again_7) as bigint) as again_7,      -- are so again in the 6 days after
    cast(sum(again_30) as bigint) as again_30     -- in the 29 days after
from moves
group by all
