-- Clicks that carry a source code, by visitors known and unknown; a code that is not in the link
-- register belongs to no account.
-- grain: event_id
-- per: week
-- consent: customer_token

select
    events.event_id,
    events.occurred_at,  -- UTC
    events.day,
    events.customer_token,
    coalesce(links.account_id, '(none)') as account_id,
    links.post,
    coalesce(events.product_line, links.product_line) as product_line,
    links.product,
    links.entry,
    events.source_file,
    events.source_sheet,
    events.source_line
from staging.bank_events as events
left join core.link_days as links
    on events.day = links.day and events.source_code = links.source_code
where events.event_type = 'click' and events.source_code is not null
