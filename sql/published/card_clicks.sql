-- Card clicks 卡种点击 of each week and level, the known customers behind them, and how many of
-- those applied for a card within the window. Most clicks are anonymous: a click is not a person.
-- A week that the bank's event feed does not reach has no row. Of few clicks nobody is told whether
-- a known customer was among them: one click by withheld clickers was by one.
-- grain: week_starts, tier, unit_id, account_id
-- per: week of core.level_weeks
-- persons: clickers (applicants, applicant_rate, rate_low, rate_high)
-- persons: applicants (applicant_rate, rate_low, rate_high)
-- rates: applicant_rate = applicants / clickers
-- nested: tier, unit_id, account_id

with clicks as (
    select
        followed_clicks.*,
        calendar.week_starts
    from core.followed_clicks
    inner join settings.calendar using (day)
),

clicked as (
    select
        frame.week_starts,
        frame.path,
        count(clicks.event_id) as clicks,
        count(distinct clicks.customer_token) as clickers,
        count(distinct case when clicks.went_on = 1 then clicks.customer_token end) as applicants
    from core.level_weeks as frame
    left join clicks
        on
            frame.account_id = clicks.account_id
            and frame.week_starts = clicks.week_starts
            and clicks.product_line = 'card'
    left join core.feed_gaps as gaps on frame.week_starts = gaps.week_starts
    where frame.account_id <> '(none)' and coalesce(gaps.is_partly_known, true)
    group by all
),

reads as (
    select
        week_starts,
        tier,
        unit_id,
        account_id,
        total
    from published.weekly_funnel
    where stage = 'read'
),

paths as (
    select distinct
        week,
        week_starts,
        path,
        mature,
        level,
        tier,
        unit_id,
        unit_name,
        platform,
        path_account_id,
        account_name
    from core.level_weeks
),

rated as (
    select
        paths.week,
        paths.week_starts,
        paths.mature,
        paths.level,
        paths.tier,
        paths.unit_id,
        paths.unit_name,
        paths.platform,
        paths.path_account_id,
        paths.account_name,
        clicked.clicks,
        clicked.clickers,
        clicked.applicants,
        reads.total as reads,
        cast(clicked.applicants as double) / nullif(clicked.clickers, 0) as rate
    from clicked
    inner join paths using (week_starts, path)
    left join reads
        on
            paths.week_starts = reads.week_starts
            and paths.tier is not distinct from reads.tier
            and paths.unit_id is not distinct from reads.unit_id
            and paths.path_account_id is not distinct from reads.account_id
)

select
    rated.week,                    -- ISO week
    rated.week_starts,             -- its Monday, Asia/Shanghai
    rated.level,                  -- bank, tier, unit or account: how far the path is filled
    -- head_office, line, branch, unattributed, unregistered; null: bank
    rated.tier,
    rated.unit_id,                -- business line or branch
    rated.unit_name,              -- its name
    rated.platform,               -- of the account
    rated.path_account_id as account_id,  -- as in the register
    rated.account_name,           -- as in the register
    rated.clicks,                  -- clicks on card links, by anybody
    rated.clickers,                -- distinct known customers who clicked
    rated.applicants,              -- of those, applied for a card within the window
    rated.rate as applicant_rate,  -- applicants / clickers
    wilson_low(rated.rate, rated.clickers) as rate_low,               -- Wilson 95 %
    wilson_high(rated.rate, rated.clickers) as rate_high,              -- Wilson 95 %
    rated.mature,                  -- the window is over
    rated.reads,                   -- reads of the week; null: not exported
    1000.0 * rated.clicks / nullif(rated.reads, 0) as clicks_per_1000_reads,  -- the step before it
    -- columns withheld: too few persons, or too few clicks
    case when rated.clicks > 0 and rated.clicks < parameters.small_cell then 'clickers' end
        as suppressed
from rated
cross join settings.parameters
