-- Paths over channels, and how often each led to a conversion of the month and to none.
-- grain: month, kind, path
-- per: month

select
    month,  -- first day, Asia/Shanghai
    kind,   -- new_customer, card_application, wealth_subscription
    path,   -- as in core.journeys
    count(event_id) as conversions,
    count(*) - count(event_id) as nulls
from core.journeys
group by all
