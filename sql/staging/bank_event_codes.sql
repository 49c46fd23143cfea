-- The source codes that the events of a day carry, in whatever delivery.
-- grain: day, source_code
-- per: month

select distinct
    cast(occurred_at + interval 8 hours as date) as day,  -- Asia/Shanghai
    source_code
from lake.bank_events
where source_code is not null
