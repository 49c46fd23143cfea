-- Paths over channels, and how often each led to a conversion of the month and to none. The path of
-- a conversion is its touches in the lookback, in order. A customer with a touch in the month who
-- converted neither in it nor in the lookback's time after the last touch walked a path to nothing:
-- the touches in the lookback of that one. Who was a customer before walks to no registration.
-- grain: month, kind, dimension, path
-- per: month
-- reach: core.touches -attribution_lookback_days, core.link_channels -attribution_lookback_days
-- reach: core.conversions -all, core.conversions +attribution_lookback_days

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

kinds as (
    select 'new_customer' as kind
    union all
    select 'card_application' as kind
    union all
    select 'wealth_subscription' as kind
),

converting as (
    select
        calendar.month,
        credits.kind,
        credits.event_id,
        string_agg(channels.account, ' > ' order by credits.position) as account,
        string_agg(channels.platform, ' > ' order by credits.position) as platform,
        string_agg(channels.tier, ' > ' order by credits.position) as tier,
        string_agg(channels.entry, ' > ' order by credits.position) as entry,
        string_agg(channels.form, ' > ' order by credits.position) as form
    from core.attribution_credits as credits
    inner join settings.calendar using (day)
    inner join core.link_channels as channels
        on credits.touched_on = channels.day and credits.source_code = channels.source_code
    group by all
),

last_touches as (
    select
        calendar.month,
        touches.customer_token,
        max(touches.touched_at) as last_at
    from core.touches as touches
    inner join settings.calendar using (day)
    group by all
),

conversions as (
    select
        conversions.customer_token,
        conversions.kind,
        conversions.converted_at,
        calendar.month
    from core.conversions as conversions
    left join settings.calendar using (day)
),

leading_nowhere as (
    select
        last_touches.month,
        kinds.kind,
        last_touches.customer_token
    from last_touches
    cross join kinds
    cross join settings.parameters
    left join conversions
        on
            last_touches.customer_token = conversions.customer_token
            and kinds.kind = conversions.kind
            and conversions.converted_at
            <= last_touches.last_at + parameters.attribution_lookback_days * interval 1 day
            and (
                kinds.kind = 'new_customer'
                or last_touches.month = conversions.month
                or conversions.converted_at > last_touches.last_at
            )
    where conversions.customer_token is null
),

walks as (
    select
        last_touches.month,
        last_touches.customer_token,
        string_agg(channels.account, ' > ' order by touches.touched_at, touches.event_id)
            as account,
        string_agg(channels.platform, ' > ' order by touches.touched_at, touches.event_id)
            as platform,
        string_agg(channels.tier, ' > ' order by touches.touched_at, touches.event_id) as tier,
        string_agg(channels.entry, ' > ' order by touches.touched_at, touches.event_id) as entry,
        string_agg(channels.form, ' > ' order by touches.touched_at, touches.event_id) as form
    from last_touches
    cross join settings.parameters
    inner join core.touches as touches
        on
            last_touches.customer_token = touches.customer_token
            and touches.touched_at <= last_touches.last_at
            and touches.touched_at
            >= last_touches.last_at - parameters.attribution_lookback_days * interval 1 day
    inner join core.link_channels as channels
        on touches.day = channels.day and touches.source_code = channels.source_code
    group by all
),

paths as (
    select
        month,
        kind,
        account,
        platform,
        tier,
        entry,
        form,
        1 as converted
    from converting
    union all
    select
        leading_nowhere.month,
        leading_nowhere.kind,
        walks.account,
        walks.platform,
        walks.tier,
        walks.entry,
        walks.form,
        0 as converted
    from leading_nowhere
    inner join walks using (month, customer_token)
)

select
    paths.month,          -- of the conversion or of the last touch; its first day, Asia/Shanghai
    paths.kind,           -- new_customer, card_application, wealth_subscription
    dimensions.dimension,
    case dimensions.dimension
        when 'account' then paths.account
        when 'platform' then paths.platform
        when 'tier' then paths.tier
        when 'entry' then paths.entry
        when 'form' then paths.form
    end as path,          -- channels, parted by ` > `
    cast(sum(paths.converted) as bigint) as conversions,
    cast(sum(1 - paths.converted) as bigint) as nulls
from paths
cross join dimensions
group by all
