-- Card clicks of each week by card product and level, the known customers behind them, and how many
-- of those applied for a card within the window. A level has a row for each product clicked there.
-- Of few clicks nobody is told whether a known customer was among them.
-- grain: week_starts, product, tier, unit_id, account_id
-- per: week of core.level_weeks
-- persons: clickers (applicants), applicants
-- nested: tier, unit_id, account_id

with clicks as (
    select
        followed_clicks.*,
        calendar.week_starts
    from core.followed_clicks
    inner join settings.calendar using (day)
    where followed_clicks.product_line = 'card'
)

select
    frame.week,                                       -- ISO week
    frame.week_starts,                                -- its Monday, Asia/Shanghai
    coalesce(clicks.product, '(未注明)') as product,  -- as in the link register
    frame.level,                                      -- bank, tier, unit or account
    frame.tier,                                       -- null: the bank
    frame.unit_id,                                    -- business line or branch
    frame.unit_name,                                  -- its name
    frame.platform,                                   -- of the account
    frame.path_account_id as account_id,              -- as in the register
    frame.account_name,                               -- as in the register
    count(*) as clicks,                               -- clicks on its links, by anybody
    count(distinct clicks.customer_token) as clickers,  -- distinct known customers who clicked
    -- of those, applied for a card within the window
    count(distinct case when clicks.went_on = 1 then clicks.customer_token end) as applicants,
    frame.mature,                                     -- the window is over
    -- columns withheld: too few persons, or too few clicks
    case when count(*) < max(parameters.small_cell) then 'clickers' end as suppressed
from core.level_weeks as frame
inner join clicks
    on
        frame.account_id = clicks.account_id
        and frame.week_starts = clicks.week_starts
cross join settings.parameters
where frame.account_id <> '(none)'
group by all
