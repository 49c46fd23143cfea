-- A customer's first session at the bank under any source code or none, judged on all history, and
-- the account it is due to.
-- grain: customer_token
-- per: week
-- reach: core.arrivals -all
-- consent: customer_token

with firsts as (
    select *
    from core.arrivals
    qualify row_number() over (partition by customer_token order by arrived_at, event_id) = 1
)

select
    firsts.customer_token,
    firsts.arrived_at,     -- UTC
    firsts.day,
    calendar.week_starts,  -- Monday
    calendar.month,        -- first day
    firsts.account_id      -- `(none)`: under no registered code
from firsts
inner join settings.calendar using (day)
