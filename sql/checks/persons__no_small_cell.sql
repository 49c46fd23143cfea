-- No published count of persons is smaller than the threshold, but for none at all.
with cells as (
    select
        'weekly_funnel' as table_name,
        persons
    from published.weekly_funnel
    union all
    select
        'weekly_persons' as table_name,
        persons
    from published.weekly_persons
    union all
    select
        'platform_funnel' as table_name,
        persons
    from published.platform_funnel
    union all
    select
        'key_figures' as table_name,
        cast(value as bigint) as persons
    from published.key_figures
    where kind = 'persons'
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
        'asset_stays' as table_name,
        cohort_size as persons
    from published.asset_stays
    union all
    select
        'asset_stays' as table_name,
        compared as persons
    from published.asset_stays
    union all
    select
        'asset_stays' as table_name,
        kept as persons
    from published.asset_stays
    union all
    select
        'asset_persons' as table_name,
        customers as persons
    from published.asset_persons
    union all
    select
        'asset_persons' as table_name,
        watched as persons
    from published.asset_persons
    union all
    select
        'asset_persons' as table_name,
        moved_up as persons
    from published.asset_persons
    union all
    select
        'asset_persons' as table_name,
        moved_down as persons
    from published.asset_persons
    union all
    select
        'asset_persons' as table_name,
        point_customers as persons
    from published.asset_persons
    union all
    select
        'product_penetration' as table_name,
        customers as persons
    from published.product_penetration
    union all
    select
        'product_penetration' as table_name,
        holders as persons
    from published.product_penetration
    union all
    select
        'asset_changes' as table_name,
        cohort_size as persons
    from published.asset_changes
    union all
    select
        'asset_changes' as table_name,
        compared as persons
    from published.asset_changes
    union all
    select
        'asset_changes' as table_name,
        grown as persons
    from published.asset_changes
    union all
    select
        'wealth_flow' as table_name,
        customers as persons
    from published.wealth_flow
    union all
    select
        'card_approvals' as table_name,
        applicants as persons
    from published.card_approvals
    union all
    select
        'card_approvals' as table_name,
        approved as persons
    from published.card_approvals
    union all
    select
        'card_products' as table_name,
        applicants as persons
    from published.card_products
    union all
    select
        'experiments' as table_name,
        assigned as persons
    from published.experiments
    union all
    select
        'experiments' as table_name,
        observed as persons
    from published.experiments
    union all
    select
        'experiments' as table_name,
        converted as persons
    from published.experiments
    union all
    select
        'acquisition_costs' as table_name,
        arrivals as persons
    from published.acquisition_costs
    union all
    select
        'acquisition_costs' as table_name,
        new_customers as persons
    from published.acquisition_costs
    union all
    select
        'campaign_returns' as table_name,
        arrivals as persons
    from published.campaign_returns
    union all
    select
        'campaign_returns' as table_name,
        new_customers as persons
    from published.campaign_returns
    union all
    select
        'campaign_returns' as table_name,
        subscribers as persons
    from published.campaign_returns
    union all
    select
        'campaign_returns' as table_name,
        applicants as persons
    from published.campaign_returns
    union all
    select
        'campaign_returns' as table_name,
        contributors as persons
    from published.campaign_returns
    union all
    select
        'merchant_signals' as table_name,
        merchants as persons
    from published.merchant_signals
    union all
    select
        'merchant_signals' as table_name,
        comparable as persons
    from published.merchant_signals
    union all
    select
        'merchant_signals' as table_name,
        down as persons
    from published.merchant_signals
    union all
    select
        'merchant_signals' as table_name,
        signals as persons
    from published.merchant_signals
    union all
    select
        'merchant_signals' as table_name,
        new_signals as persons
    from published.merchant_signals
    union all
    select
        'channel_mix' as table_name,
        customers as persons
    from published.channel_mix
    union all
    select
        'channel_curves' as table_name,
        customers as persons
    from published.channel_curves
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
    union all
    select
        'consent_coverage' as table_name,
        consented as persons
    from published.consent_coverage
    union all
    select
        'consent_coverage' as table_name,
        not_addressed as persons
    from published.consent_coverage
    union all
    select
        'consent_reasons' as table_name,
        customers as persons
    from published.consent_reasons
)

select
    cells.table_name,
    count(*) as small_cells
from cells
cross join settings.parameters
where cells.persons > 0 and cells.persons < parameters.small_cell
group by cells.table_name
