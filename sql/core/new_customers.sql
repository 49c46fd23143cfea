-- When somebody became a customer: registered, opened an account or bound a card for the first
-- time, judged on all history; and the account that is attributed to.
-- grain: customer_token
-- per: week
-- reach: core.attributed_events -all
-- consent: customer_token

select
    customer_token,
    occurred_at as became_at,  -- UTC
    day,
    event_id,
    account_id                 -- `(none)`: attributed to no account
from core.attributed_events
where event_type in ('registered', 'account_opened', 'card_bound')
qualify row_number() over (partition by customer_token order by occurred_at, event_id) = 1
