-- How far each person went in a funnel from the entries of a week or month, at each level of the
-- account the entry is attributed to: the deepest chain, of chains as deep the latest entry. Who
-- leaves a funnel by an excluded event is in none of its steps. A part holds the month and the
-- weeks that begin in it, so it sees the rest of the last one.
-- grain: funnel, period, starts_on, path, customer_token
-- per: month
-- reach: core.funnel_persons +6, core.funnel_periods +6
-- consent: customer_token

with entries as (
    select
        *,
        -- Depth, then moment: the greatest is the entry that counts.
        depth * 10000000000000000 + epoch_us(step_1_at) as place
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
    deepest.month,  -- in which the period starts
    deepest.funnel,
    deepest.period,
    deepest.starts_on,
    deepest.path,  -- as in core.funnel_paths
    deepest.customer_token,
    entries.depth,
    entries.value,
    entries.step_1_at,
    entries.step_2_at,
    entries.step_3_at,
    entries.step_4_at,
    entries.step_5_at,
    entries.step_6_at,
    entries.step_7_at,
    entries.step_8_at,
    entries.step_9_at,
    entries.step_10_at,
    entries.step_11_at,
    entries.step_12_at
from deepest
inner join entries using (funnel, customer_token, place)
where not entries.is_excluded
