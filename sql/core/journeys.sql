-- Journeys over channels. That to a conversion of the month is its touches in the lookback, in
-- order. A customer with a touch in the month who converted neither in it nor in the lookback's
-- time after the last one made a journey to nothing: the touches in the lookback of that last one.
-- Who was a customer before is on the way to no registration.
-- grain: month, kind, customer_token, event_id
-- per: month of settings.calendar
-- reach: core.touches -attribution_lookback_days, core.link_channels -attribution_lookback_days
-- reach: core.conversions -all, core.conversions +attribution_lookback_days
-- consent: customer_token

with kinds as (
    select 'new_customer' as kind
    union all
    select 'card_application' as kind
    union all
    select 'wealth_subscription' as kind
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

to_nothing as (
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

steps as (
    select
        calendar.month,
        credits.customer_token,
        credits.event_id,
        credits.kind,
        credits.touched_at,
        credits.touch_id,
        credits.touched_on,
        credits.source_code
    from core.attribution_credits as credits
    inner join settings.calendar using (day)
    where credits.touch_id is not null
    union all
    select
        last_touches.month,
        last_touches.customer_token,
        null as event_id,
        null as kind,
        touches.touched_at,
        touches.event_id as touch_id,
        touches.day as touched_on,
        touches.source_code
    from last_touches
    cross join settings.parameters
    inner join core.touches as touches
        on
            last_touches.customer_token = touches.customer_token
            and touches.touched_at <= last_touches.last_at
            and touches.touched_at
            >= last_touches.last_at - parameters.attribution_lookback_days * interval 1 day
),

paths as (
    select
        steps.month,
        steps.customer_token,
        steps.event_id,
        steps.kind,
        string_agg(
            concat_ws(
                '/',
                channels.platform,
                channels.tier,
                channels.entry,
                channels.form,
                channels.theme,
                channels.account
            ),
            ' > ' order by steps.touched_at, steps.touch_id
        ) as path
    from steps
    inner join core.link_channels as channels
        on steps.touched_on = channels.day and steps.source_code = channels.source_code
    group by all
)

select
    paths.month,     -- of the conversion or of the last touch; its first day, Asia/Shanghai
    coalesce(paths.kind, to_nothing.kind) as kind,  -- of the conversion that was or was not made
    paths.customer_token,
    paths.event_id,  -- of the conversion; null: there was none
    paths.path       -- steps, parted by ` > `: platform/tier/entry/form/theme/account
from paths
left join to_nothing
    on
        paths.event_id is null
        and paths.month = to_nothing.month
        and paths.customer_token = to_nothing.customer_token
where paths.event_id is not null or to_nothing.kind is not null
