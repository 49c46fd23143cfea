-- Card clicks of each week by card product, for the whole bank.
-- grain: week_starts, product
-- persons: clickers
-- nested: product

with clicks as (
    select
        followed_clicks.*,
        calendar.week_starts
    from core.followed_clicks
    inner join settings.calendar using (day)
)

select
    frame.week,                                       -- ISO week
    frame.week_starts,                                -- its Monday, Asia/Shanghai
    coalesce(clicks.product, '(未注明)') as product,  -- as in the link register
    count(*) as clicks,                               -- clicks on its links, by anybody
    count(distinct clicks.customer_token) as clickers,  -- distinct known customers who clicked
    cast(null as varchar) as suppressed               -- columns withheld: too few persons
from core.level_weeks as frame
inner join clicks
    on
        frame.account_id = clicks.account_id
        and frame.week_starts = clicks.week_starts
        and clicks.product_line = 'card'
where frame.level = 'bank' and frame.account_id <> '(none)'
group by all
