-- How far each person went in a funnel from the entries of a week or month, at each level of the
-- account the entry is attributed to: the deepest chain, of chains as deep the latest entry. Who
-- leaves a funnel by an excluded event is in none of its steps.
-- grain: funnel, period, starts_on, tier, unit_id, path_account_id, customer_token

with levelled as (
    select
        persons.*,
        periods.period,
        periods.starts_on,
        levels.level,
        levels.tier,
        levels.unit_id,
        levels.unit_name,
        levels.platform,
        levels.path_account_id,
        levels.account_name
    from core.funnel_persons as persons
    inner join core.funnel_periods as periods on persons.day = periods.day
    inner join core.account_levels as levels
        on persons.account_id = levels.account_id and periods.stands_on = levels.day
),

deepest as (
    select *
    from levelled
    qualify row_number() over (
        partition by
            funnel, period, starts_on, level, tier, unit_id, path_account_id, customer_token
        order by depth desc, step_1_at desc
    ) = 1
)

select
    funnel,
    period,
    starts_on,
    level,
    tier,
    unit_id,
    unit_name,
    platform,
    path_account_id,
    account_name,
    customer_token,
    depth,
    value,
    step_1_at,
    step_2_at,
    step_3_at,
    step_4_at,
    step_5_at,
    step_6_at,
    step_7_at,
    step_8_at,
    step_9_at,
    step_10_at,
    step_11_at,
    step_12_at
from deepest
where not is_excluded
