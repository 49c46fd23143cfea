-- Paths over the channels of each dimension, and how often each led to a conversion of the month
-- and to none.
-- grain: month, kind, dimension, path

with dimensions as (
    select 'account' as dimension
    union all
    select 'platform' as dimension
    union all
    select 'tier' as dimension
    union all
    select 'entry' as dimension
    union all
    select 'form' as dimension
)

select
    journeys.month,       -- first day, Asia/Shanghai
    journeys.kind,        -- new_customer, card_application, wealth_subscription
    dimensions.dimension,
    case dimensions.dimension
        when 'account' then journeys.account
        when 'platform' then journeys.platform
        when 'tier' then journeys.tier
        when 'entry' then journeys.entry
        when 'form' then journeys.form
    end as path,          -- channels, parted by ` > `
    count(journeys.event_id) as conversions,
    count(*) - count(journeys.event_id) as nulls
from core.journeys as journeys
cross join dimensions
group by all
