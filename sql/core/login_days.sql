-- The days on which a customer logged in, and the account of the day's latest login that is
-- attributed to one: that of the last coded touch within the lookback, boundary inclusive.
-- The compact layer that everything about activity is made of.
-- grain: day, customer_token
-- per: week
-- reach: core.touches -attribution_lookback_days
-- consent: customer_token

with logins as (
    select
        customer_token,
        day,
        occurred_at
    from staging.bank_events
    where event_type = 'login' and customer_token is not null
),

days as (
    select
        day,
        customer_token,
        count(*) as logins,
        min(occurred_at) as first_login_at
    from logins
    group by all
),

-- Of touches at one instant the one with the greatest id counts as the last.
touches as (
    select
        customer_token,
        touched_at,
        max_by(account_id, event_id) as account_id
    from core.touches
    group by all
),

-- The last touch of all of a day's attributed logins is the one before the latest of them.
touched as (
    select
        logins.day,
        logins.customer_token,
        max_by(touches.account_id, touches.touched_at) as account_id
    from logins
    cross join settings.parameters
    inner join touches
        on
            logins.customer_token = touches.customer_token
            and touches.touched_at <= logins.occurred_at
            and touches.touched_at
            >= logins.occurred_at - parameters.attribution_lookback_days * interval 1 day
    group by all
)

select
    days.day,             -- Asia/Shanghai
    days.customer_token,
    days.logins,
    days.first_login_at,  -- UTC
    coalesce(touched.account_id, '(none)') as account_id
from days
left join touched using (day, customer_token)
