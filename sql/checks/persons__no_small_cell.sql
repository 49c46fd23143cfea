-- No published count of persons is smaller than the threshold, but for none at all.
with cells as (
    select
        'weekly_funnel' as table_name,
        persons
    from published.weekly_funnel
    union all
    select
        'monthly_active' as table_name,
        mau as persons
    from published.monthly_active
    union all
    select
        'monthly_active' as table_name,
        stable_mau as persons
    from published.monthly_active
    union all
    select
        'monthly_active' as table_name,
        new_customers as persons
    from published.monthly_active
    union all
    select
        'rolling_active' as table_name,
        dau as persons
    from published.rolling_active
    union all
    select
        'rolling_active' as table_name,
        wau as persons
    from published.rolling_active
    union all
    select
        'rolling_active' as table_name,
        mau as persons
    from published.rolling_active
    union all
    select
        'mau_to_aum' as table_name,
        newly_active as persons
    from published.mau_to_aum
    union all
    select
        'mau_to_aum' as table_name,
        reached as persons
    from published.mau_to_aum
    union all
    select
        'card_clicks' as table_name,
        clickers as persons
    from published.card_clicks
    union all
    select
        'card_clicks' as table_name,
        applicants as persons
    from published.card_clicks
    union all
    select
        'card_products' as table_name,
        clickers as persons
    from published.card_products
    union all
    select
        'subscriptions' as table_name,
        clickers as persons
    from published.subscriptions
    union all
    select
        'subscriptions' as table_name,
        subscribed_clickers as persons
    from published.subscriptions
    union all
    select
        'subscriptions' as table_name,
        customers as persons
    from published.subscriptions
    union all
    select
        'subscriptions' as table_name,
        pending_orders as persons
    from published.subscriptions
    union all
    select
        'subscriptions' as table_name,
        withdrawn_orders as persons
    from published.subscriptions
    union all
    select
        'tier_overlap' as table_name,
        overlap as persons
    from published.tier_overlap
    union all
    select
        'attribution' as table_name,
        customers as persons
    from published.attribution
    union all
    select
        'attribution' as table_name,
        last_customers as persons
    from published.attribution
    union all
    select
        'attribution' as table_name,
        first_customers as persons
    from published.attribution
    union all
    select
        'attribution_models' as table_name,
        customers as persons
    from published.attribution_models
    union all
    select
        'monthly_moves' as table_name,
        new_active as persons
    from published.monthly_moves
    union all
    select
        'monthly_moves' as table_name,
        retained as persons
    from published.monthly_moves
    union all
    select
        'monthly_moves' as table_name,
        returned as persons
    from published.monthly_moves
    union all
    select
        'monthly_moves' as table_name,
        lost as persons
    from published.monthly_moves
    union all
    select
        'monthly_moves' as table_name,
        moved_in as persons
    from published.monthly_moves
    union all
    select
        'monthly_moves' as table_name,
        moved_out as persons
    from published.monthly_moves
    union all
    select
        'retention' as table_name,
        cohort_size as persons
    from published.retention
    union all
    select
        'retention' as table_name,
        active as persons
    from published.retention
    union all
    select
        'retention' as table_name,
        active_since as persons
    from published.retention
    union all
    select
        'lifecycle' as table_name,
        customers as persons
    from published.lifecycle
    union all
    select
        'lifecycle_flow' as table_name,
        customers as persons
    from published.lifecycle_flow
    union all
    select
        'rolling_overlap' as table_name,
        overlap as persons
    from published.rolling_overlap
    union all
    select
        'platform_months' as table_name,
        mau as persons
    from published.platform_months
    union all
    select
        'platform_months' as table_name,
        stable_mau as persons
    from published.platform_months
    union all
    select
        'platform_months' as table_name,
        new_customers as persons
    from published.platform_months
    union all
    select
        'repeat_subscriptions' as table_name,
        subscribers as persons
    from published.repeat_subscriptions
    union all
    select
        'repeat_subscriptions' as table_name,
        repeaters as persons
    from published.repeat_subscriptions
    union all
    select
        'funnel_steps' as table_name,
        persons
    from published.funnel_steps
    union all
    select
        'funnel_steps' as table_name,
        previous_persons as persons
    from published.funnel_steps
    union all
    select
        'funnel_breakdowns' as table_name,
        persons
    from published.funnel_breakdowns
    union all
    select
        'follower_quality' as table_name,
        new_customers as persons
    from published.follower_quality
    union all
    select
        'giveaway_weeks' as table_name,
        giveaway_customers as persons
    from published.giveaway_weeks
    union all
    select
        'giveaway_weeks' as table_name,
        ordinary_customers as persons
    from published.giveaway_weeks
)

select
    cells.table_name,
    count(*) as small_cells
from cells
cross join settings.parameters
where cells.persons > 0 and cells.persons < parameters.small_cell
group by cells.table_name
