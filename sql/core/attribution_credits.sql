-- What each account is credited with of a conversion, by five rules at once: a first registration,
-- a card application or a confirmed wealth subscription, and the coded touches within the lookback,
-- boundary inclusive. The credits of a conversion sum to 1 by each rule; without a touch they are
-- `(none)`'s.
-- grain: event_id, account_id
-- per: week
-- reach: core.touches -attribution_lookback_days
-- consent: customer_token

with conversions as (
    select
        event_id,
        'new_customer' as kind,
        customer_token,
        became_at as converted_at,
        day
    from core.new_customers
    union all
    select
        event_id,
        event_type as kind,
        customer_token,
        occurred_at as converted_at,
        day
    from core.attributed_events
    where
        event_type = 'card_application'
        or (
            event_type = 'wealth_subscription'
            and coalesce(cooling_off, 'confirmed') = 'confirmed'
        )
),

-- Weights are whole numbers, so that their sums are the same in any order; none is nothing.
touched as (
    select
        conversions.event_id,
        touches.account_id,
        touches.touched_at,
        touches.event_id as touch_id,
        greatest(1, cast(round(1000000000 * pow(
            0.5,
            date_diff('second', touches.touched_at, conversions.converted_at)
            / (86400.0 * parameters.attribution_half_life_days)
        )) as bigint)) as weight
    from conversions
    cross join settings.parameters
    inner join core.touches as touches
        on
            conversions.customer_token = touches.customer_token
            and touches.touched_at <= conversions.converted_at
            and touches.touched_at
            >= conversions.converted_at - parameters.attribution_lookback_days * interval 1 day
),

paths as (
    select
        event_id,
        count(*) as touches,
        sum(weight) as weight,
        min(touched_at) as first_at,
        max(touched_at) as last_at
    from touched
    group by all
),

-- Of touches at one instant the one with the smallest id is the first, the greatest the last.
path_ends as (
    select
        paths.event_id,
        min(case when touched.touched_at = paths.first_at then touched.touch_id end) as first_id,
        max(case when touched.touched_at = paths.last_at then touched.touch_id end) as last_id
    from paths
    inner join touched
        on
            paths.event_id = touched.event_id
            and (paths.first_at = touched.touched_at or paths.last_at = touched.touched_at)
    group by all
),

shares as (
    select
        touched.event_id,
        touched.account_id,
        count(*) as touches,
        sum(touched.weight) as weight,
        sum(case when touched.touch_id = path_ends.first_id then 1 else 0 end) as firsts,
        sum(case when touched.touch_id = path_ends.last_id then 1 else 0 end) as lasts
    from touched
    inner join path_ends using (event_id)
    group by all
),

credits as (
    select
        shares.event_id,
        shares.account_id,
        shares.lasts as last_touch,
        shares.firsts as first_touch,
        shares.touches / paths.touches as linear,
        shares.weight / paths.weight as time_decay,
        case
            when paths.touches = 1 then 1.0
            when paths.touches = 2 then shares.touches / 2
            else (
                (shares.firsts + shares.lasts) * 4 * (paths.touches - 2)
                + (shares.touches - shares.firsts - shares.lasts) * 2
            ) / (10 * (paths.touches - 2))
        end as position_based
    from shares
    inner join paths using (event_id)
)

select
    conversions.event_id,
    conversions.kind,             -- new_customer, card_application, wealth_subscription
    conversions.customer_token,
    conversions.day,              -- of the conversion, Asia/Shanghai
    coalesce(credits.account_id, '(none)') as account_id,
    cast(coalesce(credits.last_touch, 1) as integer) as last_touch,
    cast(coalesce(credits.first_touch, 1) as integer) as first_touch,
    cast(coalesce(credits.linear, 1) as decimal(10, 9)) as linear,
    cast(coalesce(credits.time_decay, 1) as decimal(10, 9)) as time_decay,  -- halves each half-life
    cast(coalesce(credits.position_based, 1) as decimal(10, 9)) as position_based  -- 40/20/40
from conversions
left join credits using (event_id)
