-- Conversions of a month as five rules credit them to the channels of each dimension, and the
-- customers behind them; a row without a channel is all of them.
-- grain: month, kind, dimension, channel
-- per: month
-- reach: core.link_channels -attribution_lookback_days

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
),

extents as (
    select false as is_total
    union all
    select true as is_total
),

credits as (
    select
        credits.*,
        calendar.month,
        channels.account,
        channels.platform,
        channels.tier,
        channels.entry,
        channels.form
    from core.attribution_credits as credits
    inner join settings.calendar using (day)
    left join core.link_channels as channels
        on credits.touched_on = channels.day and credits.source_code = channels.source_code
)

select
    credits.month,                       -- of the conversion; its first day, Asia/Shanghai
    credits.kind,                        -- new_customer, card_application, wealth_subscription
    dimensions.dimension,
    case
        when not extents.is_total then coalesce(
            case dimensions.dimension
                when 'account' then credits.account
                when 'platform' then credits.platform
                when 'tier' then credits.tier
                when 'entry' then credits.entry
                when 'form' then credits.form
            end,
            '(none)'
        )
    end as channel,                      -- `(none)`: nobody touched; null: all of them
    count(distinct credits.customer_token) as customers,
    count(distinct credits.event_id) as conversions,
    count(distinct case when credits.last_touch = 1 then credits.customer_token end)
        as last_customers,
    count(distinct case when credits.first_touch = 1 then credits.customer_token end)
        as first_customers,
    cast(sum(credits.last_touch) as double) as last_touch,
    cast(sum(credits.first_touch) as double) as first_touch,
    cast(sum(credits.linear) as double) as linear,
    cast(sum(credits.time_decay) as double) as time_decay,
    cast(sum(credits.position_based) as double) as position_based
from credits
cross join dimensions
cross join extents
group by all
