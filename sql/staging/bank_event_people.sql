-- Everybody that events of a month speak of, consented or not: only counted, to report how far
-- consent reaches.
-- grain: month, customer_token
-- per: month

select distinct
    cast(concat_ws(
        '-', substr(cast(cast(occurred_at + interval 8 hours as date) as varchar), 1, 7), '01'
    ) as date) as month,  -- first day, Asia/Shanghai
    customer_token
from lake.bank_events
where customer_token is not null
