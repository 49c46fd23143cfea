-- A customer's first session at the bank under each source code, or under none.
-- grain: customer_token, source_code
-- per: week
-- reach: core.arrival_weeks -all
-- consent: customer_token

select
    arrivals.event_id,
    arrivals.customer_token,
    arrivals.source_code,                                 -- null: came without a code
    arrivals.arrived_at,                                  -- UTC
    arrivals.day,
    coalesce(links.account_id, '(none)') as account_id,
    links.account_id is not null as is_coded,
    arrivals.source_file,
    arrivals.source_sheet,
    arrivals.source_line
from core.arrival_weeks as arrivals
left join core.link_days as links
    on arrivals.day = links.day and arrivals.source_code = links.source_code
where
    not exists (
        select 1
        from core.arrival_weeks as earlier
        where
            earlier.customer_token = arrivals.customer_token
            and earlier.source_code is not distinct from arrivals.source_code
            and earlier.week_starts < arrivals.week_starts
    )
