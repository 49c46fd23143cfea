-- A customer's first session at the bank under each source code, or under none.
-- grain: customer_token, source_code

select
    events.event_id,
    events.customer_token,
    events.source_code,                                   -- null: came without a code
    events.occurred_at as arrived_at,                     -- UTC
    events.day,
    coalesce(links.account_id, '(none)') as account_id,
    links.account_id is not null as is_coded,
    events.source_file,
    events.source_sheet,
    events.source_line
from staging.bank_events as events
left join staging.bank_links as links using (source_code)
where events.event_type = 'arrival' and events.customer_token is not null
qualify row_number() over (
    partition by events.customer_token, events.source_code
    order by events.occurred_at, events.event_id
) = 1
