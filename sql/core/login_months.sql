-- The months in which a customer logged in, and the account of the month's latest login that is
-- attributed to one.
-- grain: month, customer_token
-- per: month
-- consent: customer_token

select
    calendar.month,                                 -- first day, Asia/Shanghai
    days.customer_token,
    cast(sum(days.logins) as bigint) as logins,
    min(days.first_login_at) as first_login_at,     -- UTC
    max(days.day) as last_day,                      -- Asia/Shanghai
    max_by(nullif(days.account_id, '(none)'), days.day) as account_id  -- null: of none
from core.login_days as days
inner join settings.calendar using (day)
group by all
