-- Conversions of each month as seven rules credit them to the channels of each dimension: first
-- registrations, card applications and confirmed wealth subscriptions. What no touch led to is the
-- channel `(none)`; the credits of channels sum to the conversions, which are a row without a
-- channel. A channel on no path to a conversion may have Markov credit: walks over it go on to
-- others. Where too few customers are behind a number it is withheld with what belongs to it.
-- grain: month, kind, dimension, channel, rule
-- persons: customers (conversions, paths, credits, share, removal_effect)
-- nested: rule, dimension, channel
-- alike: rule, dimension

with rules as (
    select 'last_touch' as rule
    union all
    select 'first_touch' as rule
    union all
    select 'linear' as rule
    union all
    select 'time_decay' as rule
    union all
    select 'position_based' as rule
    union all
    select 'markov' as rule
    union all
    select 'shapley' as rule
),

months as (
    select
        calendar.month,
        max(calendar.day) + max(parameters.attribution_lookback_days) < max(run.as_of) as is_mature
    from settings.calendar
    cross join settings.parameters
    cross join settings.run
    group by calendar.month
),

-- What no touch led to, and the sum of all, are the same by every rule.
channels as (
    select
        month,
        kind,
        dimension,
        channel,
        customers,
        last_customers,
        first_customers,
        conversions,
        cast(null as bigint) as paths,
        cast(null as double) as removal_effect,
        last_touch,
        first_touch,
        linear,
        time_decay,
        position_based,
        cast(conversions as double) as markov,
        cast(conversions as double) as shapley
    from core.channel_credits
    where channel is null or channel = '(none)'
    union all
    select
        paths.month,
        paths.kind,
        paths.dimension,
        paths.channel,
        coalesce(credits.customers, 0) as customers,
        coalesce(credits.last_customers, 0) as last_customers,
        coalesce(credits.first_customers, 0) as first_customers,
        paths.conversions,
        paths.paths,
        paths.removal_effect,
        coalesce(credits.last_touch, 0.0) as last_touch,
        coalesce(credits.first_touch, 0.0) as first_touch,
        coalesce(credits.linear, 0.0) as linear,
        coalesce(credits.time_decay, 0.0) as time_decay,
        coalesce(credits.position_based, 0.0) as position_based,
        paths.markov,
        paths.shapley
    from core.path_credits as paths
    left join core.channel_credits as credits using (month, kind, dimension, channel)
),

credited as (
    select
        channels.*,
        rules.rule,
        case rules.rule
            when 'last_touch' then channels.last_touch
            when 'first_touch' then channels.first_touch
            when 'linear' then channels.linear
            when 'time_decay' then channels.time_decay
            when 'position_based' then channels.position_based
            when 'markov' then channels.markov
            when 'shapley' then channels.shapley
        end as credits
    from channels
    cross join rules
)

select
    credited.month,                             -- of the conversion; its first day, Asia/Shanghai
    months.is_mature as mature,                 -- the lookback's time after it is over too
    -- new_customer, card_application, wealth_subscription
    credited.kind,
    credited.dimension,                         -- account, platform, tier, entry, form, theme
    -- as in the register; (none): nobody touched, (no post), (unknown): of no known post;
    -- null: all of the dimension
    credited.channel,
    -- last_touch, first_touch, linear, time_decay, position_based, markov or shapley
    credited.rule,
    -- who converted after a touch of it; of last and first touch: whose that touch was
    case credited.rule
        when 'last_touch' then credited.last_customers
        when 'first_touch' then credited.first_customers
        else credited.customers
    end as customers,
    credited.conversions,                       -- with a touch of it in the lookback
    -- different paths to a conversion that it is on; null: of none and of all
    credited.paths,
    credited.credits,                           -- conversions credited to it
    credited.credits / totals.conversions as share,  -- of all conversions, 0 to 1
    -- share of conversions after a touch that would be lost without it, 0 to 1; of rule markov
    case when credited.rule = 'markov' then credited.removal_effect end as removal_effect,
    cast(null as varchar) as suppressed         -- columns withheld: too few persons
from credited
inner join months using (month)
inner join core.channel_credits as totals
    on
        credited.month = totals.month
        and credited.kind = totals.kind
        and credited.dimension = totals.dimension
        and totals.channel is null
