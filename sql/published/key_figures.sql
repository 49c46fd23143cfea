-- Each number that a week or a month is judged by, at each level and on each platform, beside the
-- one before and the median of the weeks before: the stages of the funnel and their rates, card
-- clicks, subscriptions, followers; by month MAU. Named as in published.definitions. What a week
-- is compared with is complete and mature; a change of counts compares the accounts that are known
-- in both weeks. Computed from what is published, so nothing withheld comes back.
-- grain: period, starts_on, level, tier, unit_id, platform, account_id, metric, kind

with stages as (
    select
        week_starts,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        stage,
        stage_order,
        previous_stage,
        value,
        change,
        step_rate,
        mature,
        complete,
        suppressed
    from published.weekly_steps
    union all
    select
        week_starts,
        level,
        tier,
        null as unit_id,
        null as unit_name,
        platform,
        null as account_id,
        null as account_name,
        stage,
        stage_order,
        previous_stage,
        value,
        change,
        step_rate,
        mature,
        complete,
        suppressed
    from published.platform_steps
),

-- Counts of accounts that are in no funnel; their sums at every level are sums of these.
account_counts as (
    select
        week_starts,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        'followers' as metric,
        followers as value,
        true as complete
    from published.follower_weeks
    where level = 'account'
    union all
    select
        clicks.week_starts,
        clicks.tier,
        clicks.unit_id,
        clicks.unit_name,
        clicks.platform,
        clicks.account_id,
        clicks.account_name,
        'card_click' as metric,
        clicks.clicks as value,
        gaps.week_starts is null as complete
    from published.card_clicks as clicks
    left join core.feed_gaps as gaps using (week_starts)
    where clicks.level = 'account'
),

counts as (
    select
        this_week.week_starts,
        this_week.tier,
        this_week.unit_id,
        this_week.unit_name,
        this_week.platform,
        this_week.account_id,
        this_week.account_name,
        this_week.metric,
        sum(this_week.value) as value,
        sum(case when last_week.value is not null then cast(this_week.value as double) end)
        / nullif(sum(case when this_week.value is not null then last_week.value end), 0)
        - 1 as change,
        bool_and(this_week.complete) as complete
    from account_counts as this_week
    left join account_counts as last_week
        on
            this_week.week_starts = last_week.week_starts + 7
            and this_week.tier = last_week.tier
            and this_week.unit_id is not distinct from last_week.unit_id
            and this_week.account_id = last_week.account_id
            and this_week.metric = last_week.metric
            and this_week.complete
            and last_week.complete
    group by
        grouping sets (
            (this_week.week_starts, this_week.metric),
            (this_week.week_starts, this_week.metric, this_week.tier),
            (
                this_week.week_starts,
                this_week.metric,
                this_week.tier,
                this_week.unit_id,
                this_week.unit_name
            ),
            (
                this_week.week_starts,
                this_week.metric,
                this_week.tier,
                this_week.unit_id,
                this_week.unit_name,
                this_week.platform,
                this_week.account_id,
                this_week.account_name
            ),
            (this_week.week_starts, this_week.metric, this_week.platform),
            (this_week.week_starts, this_week.metric, this_week.platform, this_week.tier)
        )
),

orders as (
    select
        orders.*,
        gaps.week_starts is null as complete
    from published.subscriptions as orders
    left join core.feed_gaps as gaps using (week_starts)
),

series as (
    select
        'week' as period,
        week_starts as starts_on,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        stage as metric,
        case when stage_order < 6 then 'count' else 'persons' end as kind,
        cast(value as double) as value,
        change,
        mature,
        complete,
        case when suppressed like '%value%' then 'value' end as suppressed
    from stages
    union all
    select
        'week' as period,
        week_starts as starts_on,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        stage as metric,
        'rate' as kind,
        step_rate as value,
        cast(null as double) as change,
        mature,
        complete,
        case when suppressed is not null then 'value' end as suppressed
    from stages
    where previous_stage is not null
    union all
    select
        'week' as period,
        week_starts as starts_on,
        case
            when account_id is not null then 'account'
            when platform is not null and tier is not null then 'tier_platform'
            when platform is not null then 'platform'
            when unit_id is not null then 'unit'
            when tier is not null then 'tier'
            else 'bank'
        end as level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        metric,
        'count' as kind,
        cast(value as double) as value,
        change,
        true as mature,
        complete,
        cast(null as varchar) as suppressed
    from counts
    union all
    select
        'week' as period,
        week_starts as starts_on,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        'subscribers' as metric,
        'persons' as kind,
        cast(customers as double) as value,
        cast(null as double) as change,
        true as mature,
        complete,
        case when suppressed like '%customers%' then 'value' end as suppressed
    from orders
    union all
    select
        'week' as period,
        week_starts as starts_on,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        'subscription_amount' as metric,
        'yuan' as kind,
        cast(amount_yuan as double) as value,
        cast(null as double) as change,
        true as mature,
        complete,
        case when suppressed like '%customers%' then 'value' end as suppressed
    from orders
    union all
    select
        'month' as period,
        month as starts_on,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        account_id,
        account_name,
        'mau' as metric,
        'persons' as kind,
        cast(mau as double) as value,
        cast(null as double) as change,
        true as mature,
        complete,
        case when concat_ws('', ',', suppressed, ',') like '%,mau,%' then 'value' end as suppressed
    from published.monthly_active
    union all
    select
        'month' as period,
        month as starts_on,
        'platform' as level,
        null as tier,
        null as unit_id,
        null as unit_name,
        platform,
        null as account_id,
        null as account_name,
        'mau' as metric,
        'persons' as kind,
        cast(mau as double) as value,
        cast(null as double) as change,
        true as mature,
        complete,
        case when concat_ws('', ',', suppressed, ',') like '%,mau,%' then 'value' end as suppressed
    from published.platform_months
    where platform is not null
),

numbered as (
    select
        *,
        row_number() over (
            order by
                period, starts_on, level, tier, unit_id, platform, account_id, metric, kind
        ) as number
    from series
),

-- The number before, and of weeks those that are looked back on.
past as (
    select
        each.number,
        before.value,
        before.starts_on = case
            when each.period = 'week' then each.starts_on - 7
            else cast(each.starts_on - interval 1 month as date)
        end as is_last,
        before.mature and before.complete as counts
    from numbered as each
    cross join settings.parameters as parameters
    inner join numbered as before
        on
            each.period = before.period
            and each.metric = before.metric
            and each.kind = before.kind
            and each.level = before.level
            and each.tier is not distinct from before.tier
            and each.unit_id is not distinct from before.unit_id
            and each.platform is not distinct from before.platform
            and each.account_id is not distinct from before.account_id
            and each.starts_on > before.starts_on
            and before.starts_on
            >= each.starts_on
            - case when each.period = 'week' then parameters.watch_weeks * 7 else 31 end
),

compared as (
    select
        number,
        max(case when is_last then value end) as previous_value,
        coalesce(bool_or(is_last and counts), false) as last_counts,
        median(case when counts then value end) as usual_value,
        count(case when counts then value end) as usual_weeks
    from past
    group by all
)

select
    series.period,         -- week or month
    series.starts_on,      -- its Monday, or its first day; Asia/Shanghai
    -- bank, tier, unit, account; platform: of all tiers; tier_platform: within one
    series.level,
    series.tier,           -- null: the bank, or all of a platform
    series.unit_id,        -- business line or branch
    series.unit_name,      -- its name
    series.platform,       -- its own, or that of the account; unattributed: of none
    series.account_id,     -- as in the register
    series.account_name,   -- as in the register
    series.metric,         -- as in published.definitions
    series.kind,           -- count, persons, yuan, or rate: of the stage before
    series.value,          -- what it is; null: withheld, or not known
    compared.previous_value,  -- the same a week, or a month, before
    -- against that; null: immature, incomplete or unknown
    case
        when series.kind = 'count' then series.change
        when series.mature and series.complete and compared.last_counts
            then series.value / nullif(compared.previous_value, 0) - 1
    end as change,
    case
        when series.period = 'week' and compared.usual_weeks >= parameters.watch_least
            then compared.usual_value
    end as usual_value,    -- median of the complete and mature weeks before; null: too few, a month
    case
        when series.period = 'week' then compared.usual_weeks
    end as usual_weeks,    -- how many of them there are, of those that are looked back on
    case
        when
            series.period = 'week'
            and series.mature
            and series.complete
            and compared.usual_weeks >= parameters.watch_least
            then series.value / nullif(compared.usual_value, 0) - 1
    end as against_usual,  -- value / usual_value - 1; null: immature, incomplete or unknown
    series.mature,         -- the window of the week's arrivals is over
    series.complete,       -- no day is missing
    series.suppressed      -- columns withheld, and with them what is made of them
from numbered as series
cross join settings.parameters as parameters
left join compared using (number)
