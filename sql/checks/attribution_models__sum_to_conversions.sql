-- The credits of a month's channels sum to its conversions, by every rule of any dimension.
with credited as (
    select
        month,
        kind,
        dimension,
        linear,
        position_based,
        conversions as markov,
        conversions as shapley
    from core.channel_credits
    where channel = '(none)'
    union all
    select
        paths.month,
        paths.kind,
        paths.dimension,
        credits.linear,
        credits.position_based,
        paths.markov,
        paths.shapley
    from core.path_credits as paths
    left join core.channel_credits as credits using (month, kind, dimension, channel)
),

sums as (
    select
        month,
        kind,
        dimension,
        sum(linear) as linear,
        sum(position_based) as position_based,
        sum(markov) as markov,
        sum(shapley) as shapley
    from credited
    group by all
)

select
    totals.month,
    totals.kind,
    totals.dimension,
    totals.conversions,
    sums.linear,
    sums.position_based,
    sums.markov,
    sums.shapley
from core.channel_credits as totals
left join sums using (month, kind, dimension)
where
    totals.channel is null
    and coalesce(
        abs(totals.conversions - sums.linear) < 0.00001 * totals.conversions
        and abs(totals.conversions - sums.position_based) < 0.00001 * totals.conversions
        and abs(totals.conversions - sums.markov) < 0.00001 * totals.conversions
        and abs(totals.conversions - sums.shapley) < 0.00001 * totals.conversions,
        false
    ) = false
