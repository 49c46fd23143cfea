-- Coded touches of known customers: clicks and arrivals whose code is in the link register.
-- grain: event_id

select
    events.event_id,
    events.customer_token,
    events.occurred_at as touched_at,  -- UTC
    links.account_id,
    events.source_code,
    coalesce(events.product_line, links.product_line) as product_line
from staging.bank_events as events
inner join staging.bank_links as links using (source_code)
where
    events.customer_token is not null
    and events.event_type in ('click', 'arrival')
