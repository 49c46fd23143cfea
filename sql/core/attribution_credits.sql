-- What each coded touch within the lookback of a conversion is credited with, boundary inclusive,
-- by five rules at once. The credits of a conversion sum to 1 by each rule; without a touch they
-- are `(none)`'s. Of touches at one instant the one with the smallest id is the first.
-- grain: event_id, touch_id
-- per: week
-- reach: core.touches -attribution_lookback_days
-- consent: customer_token

-- Weights are whole numbers, so that their sums are the same in any order; none is nothing.
with touched as (
    select
        conversions.event_id,
        touches.event_id as touch_id,
        touches.touched_at,
        touches.day as touched_on,
        touches.source_code,
        touches.account_id,
        greatest(1, cast(round(1000000000 * pow(
            0.5,
            date_diff('second', touches.touched_at, conversions.converted_at)
            / (86400.0 * parameters.attribution_half_life_days)
        )) as bigint)) as weight
    from core.conversions as conversions
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
        *,
        row_number() over (partition by event_id order by touched_at, touch_id) as position,
        count(*) over (partition by event_id) as touches,
        sum(weight) over (partition by event_id) as weights
    from touched
),

credits as (
    select
        *,
        case when position = touches then 1 else 0 end as last_touch,
        case when position = 1 then 1 else 0 end as first_touch,
        1 / touches as linear,
        weight / weights as time_decay,
        case
            when touches < 3 then 1 / touches
            when position in (1, touches) then 0.4
            else 1 / (5 * (touches - 2))
        end as position_based
    from paths
)

select
    conversions.event_id,
    credits.touch_id,             -- null: nobody touched
    conversions.kind,             -- new_customer, card_application, wealth_subscription
    conversions.customer_token,
    conversions.day,              -- of the conversion, Asia/Shanghai
    credits.position,             -- in the path to it, from 1
    credits.touched_at,           -- UTC
    credits.touched_on,           -- Asia/Shanghai
    credits.source_code,
    coalesce(credits.account_id, '(none)') as account_id,
    cast(coalesce(credits.last_touch, 1) as integer) as last_touch,
    cast(coalesce(credits.first_touch, 1) as integer) as first_touch,
    cast(coalesce(credits.linear, 1) as decimal(10, 9)) as linear,
    cast(coalesce(credits.time_decay, 1) as decimal(10, 9)) as time_decay,  -- halves each half-life
    cast(coalesce(credits.position_based, 1) as decimal(10, 9)) as position_based  -- 40/20/40
from core.conversions as conversions
left join credits using (event_id)
