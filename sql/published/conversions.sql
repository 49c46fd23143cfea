-- Conversion of each week and level against the industry's average: arrivals who became customers
-- and who subscribed, known card clickers who applied, known wealth clickers who subscribed, each
-- within the window. Computed from what is published, so nothing withheld comes back.
-- grain: week_starts, conversion, tier, unit_id, account_id

with arrivals as (
    select *
    from published.weekly_funnel
    where stage = 'arrival'
),

funnel as (
    select
        arrivals.week,
        arrivals.week_starts,
        concat_ws('_', 'arrival_to', reached.stage) as conversion,
        arrivals.level,
        arrivals.tier,
        arrivals.unit_id,
        arrivals.unit_name,
        arrivals.platform,
        arrivals.account_id,
        arrivals.account_name,
        arrivals.persons as n,
        reached.persons as converted,
        reached.mature
    from arrivals
    inner join published.weekly_funnel as reached
        on
            reached.stage in ('new_customer', 'subscription')
            and arrivals.week_starts = reached.week_starts
            and arrivals.tier is not distinct from reached.tier
            and arrivals.unit_id is not distinct from reached.unit_id
            and arrivals.account_id is not distinct from reached.account_id
),

conversions as (
    select *
    from funnel
    union all
    select
        week,
        week_starts,
        'card_click_to_application' as conversion,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        clickers as n,
        applicants as converted,
        mature
    from published.card_clicks
    union all
    select
        week,
        week_starts,
        'wealth_click_to_subscription' as conversion,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        clickers as n,
        subscribed_clickers as converted,
        mature
    from published.subscriptions
),

rates as (
    select
        *,
        cast(converted as double) / nullif(n, 0) as rate
    from conversions
),

rated as (
    select
        rates.*,
        wilson_low(rates.rate, rates.n) as rate_low,
        wilson_high(rates.rate, rates.n) as rate_high
    from rates
)

select
    rated.week,          -- ISO week
    rated.week_starts,   -- its Monday, Asia/Shanghai
    -- arrival_to_new_customer, arrival_to_subscription, card_click_to_application,
    -- wealth_click_to_subscription
    rated.conversion,
    rated.level,         -- bank, tier, unit or account
    rated.tier,          -- null: the bank
    rated.unit_id,       -- business line or branch
    rated.unit_name,     -- its name
    rated.platform,      -- of the account
    rated.account_id,    -- as in the register
    rated.account_name,  -- as in the register
    rated.n,             -- who might convert; null: withheld or not delivered
    rated.converted,     -- who did
    rated.rate as conversion_rate,  -- converted / n
    rated.rate_low,      -- Wilson 95 %
    rated.rate_high,     -- Wilson 95 %
    parameters.benchmark_conversion as benchmark,  -- the industry's average, as it was set
    -- above, below: the whole interval is; level: it holds the benchmark; null: not mature, or
    -- withheld
    case
        when not rated.mature then null
        when rated.rate_low > parameters.benchmark_conversion then 'above'
        when rated.rate_high < parameters.benchmark_conversion then 'below'
        when rated.rate is not null then 'level'
    end as against_benchmark,
    rated.mature         -- the window is over
from rated
cross join settings.parameters
