-- The credits of a conversion sum to 1 by each rule.
select
    event_id,
    sum(last_touch) as last_touch,
    sum(first_touch) as first_touch,
    sum(linear) as linear,
    sum(time_decay) as time_decay,
    sum(position_based) as position_based
from core.attribution_credits
group by event_id
having
    sum(last_touch) <> 1
    or sum(first_touch) <> 1
    or abs(sum(linear) - 1) > 0.000001
    or abs(sum(time_decay) - 1) > 0.000001
    or abs(sum(position_based) - 1) > 0.000001
