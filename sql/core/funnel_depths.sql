-- How far each person went in a funnel from the entries of a week or month, at each level of the
-- account the entry is attributed to: the deepest chain, of chains as deep the latest entry. Who
-- leaves a funnel by an excluded event is in none of its steps. A part holds the month and the
-- weeks that begin in it, so it sees the rest of the last one. There are many rows of an entry, so
-- they tell which it is and no more.
-- grain: funnel, period, starts_on, path, customer_token
-- per: month
-- reach: core.funnel_persons +6, core.funnel_periods +6
-- consent: customer_token

with entries as (
    select
        funnel,
        day,
        account_id,
        customer_token,
        -- Depth, then moment: the greatest is the entry that counts. The last digit says no more
        -- than whether it leaves the funnel.
        depth * 20000000000000000
        + epoch_us(step_1_at) * 2
        + case when is_excluded then 1 else 0 end as place
    from core.funnel_persons
),

deepest as (
    select
        paths.month,
        entries.funnel,
        periods.period,
        periods.starts_on,
        paths.path,
        entries.customer_token,
        max(entries.place) as place
    from entries
    inner join core.funnel_periods as periods on entries.day = periods.day
    inner join core.funnel_paths as paths
        on
            periods.period = paths.period
            and periods.starts_on = paths.starts_on
            and entries.account_id = paths.account_id
    group by all
)

select
    month,                                                       -- in which the period starts
    funnel,
    period,
    starts_on,
    path,                                                        -- as in core.funnel_paths
    customer_token,                                              -- pseudonym
    cast(place // 20000000000000000 as integer) as depth,
    make_timestamp(place % 20000000000000000 // 2) as step_1_at  -- of the entry that counts, UTC
from deepest
where place % 2 = 0
