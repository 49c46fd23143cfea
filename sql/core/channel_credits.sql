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
    union all
    select 'theme' as dimension
),

credits as (
    select
        calendar.month,
        credits.kind,
        credits.customer_token,
        credits.event_id,
        channels.account,
        channels.platform,
        channels.tier,
        channels.entry,
        channels.form,
        channels.theme,
        credits.last_touch,
        credits.first_touch,
        credits.linear,
        credits.time_decay,
        credits.position_based
    from core.attribution_credits as credits
    inner join settings.calendar using (day)
    left join core.link_channels as channels
        on credits.touched_on = channels.day and credits.source_code = channels.source_code
),

-- Each conversion has one last touch and one first touch.
customers as (
    select
        credits.month,
        credits.kind,
        dimensions.dimension,
        coalesce(
            case dimensions.dimension
                when 'account' then credits.account
                when 'platform' then credits.platform
                when 'tier' then credits.tier
                when 'entry' then credits.entry
                when 'form' then credits.form
                when 'theme' then credits.theme
            end,
            '(none)'
        ) as channel,
        credits.customer_token,
        count(distinct credits.event_id) as conversions,
        sum(credits.last_touch) as last_touch,
        sum(credits.first_touch) as first_touch,
        sum(credits.linear) as linear,
        sum(credits.time_decay) as time_decay,
        sum(credits.position_based) as position_based
    from credits
    cross join dimensions
    group by all
    union all
    select
        credits.month,
        credits.kind,
        dimensions.dimension,
        null as channel,
        credits.customer_token,
        sum(credits.last_touch) as conversions,
        sum(credits.last_touch) as last_touch,
        sum(credits.first_touch) as first_touch,
        sum(credits.linear) as linear,
        sum(credits.time_decay) as time_decay,
        sum(credits.position_based) as position_based
    from credits
    cross join dimensions
    group by all
)

select
    month,                            -- of the conversion; its first day, Asia/Shanghai
    kind,                             -- new_customer, card_application, wealth_subscription
    dimension,
    channel,                          -- `(none)`: nobody touched; null: all of them
    count(*) as customers,
    cast(sum(conversions) as bigint) as conversions,
    count(case when last_touch > 0 then 1 end) as last_customers,
    count(case when first_touch > 0 then 1 end) as first_customers,
    cast(sum(last_touch) as double) as last_touch,
    cast(sum(first_touch) as double) as first_touch,
    cast(sum(linear) as double) as linear,
    cast(sum(time_decay) as double) as time_decay,
    cast(sum(position_based) as double) as position_based
from customers
group by all
