-- A customer's first session at the bank under each source code, or under none.
-- grain: customer_token, source_code

with first_ones as (
    select *
    from core.arrival_weeks
    qualify row_number() over (
        partition by customer_token, source_code
        order by arrived_at, event_id
    ) = 1
)

select
    first_ones.event_id,
    first_ones.customer_token,
    first_ones.source_code,                               -- null: came without a code
    first_ones.arrived_at,                                -- UTC
    first_ones.day,
    coalesce(links.account_id, '(none)') as account_id,
    links.account_id is not null as is_coded,
    first_ones.source_file,
    first_ones.source_sheet,
    first_ones.source_line
from first_ones
left join staging.bank_links as links using (source_code)
