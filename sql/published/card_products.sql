-- Card clicks of each week by card product, for the whole bank.
-- grain: week_starts, product
-- persons: clickers
-- nested: product

select
    frame.week,                                       -- ISO week
    frame.week_starts,                                -- its Monday, Asia/Shanghai
    coalesce(clicks.product, '(未注明)') as product,  -- as in the link register
    count(*) as clicks,                               -- clicks on its links, by anybody
    count(distinct clicks.customer_token) as clickers,  -- distinct known customers who clicked
    cast(null as varchar) as suppressed               -- columns withheld: too few persons
from core.level_weeks as frame
inner join core.followed_clicks as clicks
    on
        frame.account_id = clicks.account_id
        and clicks.day >= frame.week_starts
        and clicks.day < frame.week_starts + 7
        and clicks.product_line = 'card'
where frame.level = 'bank' and frame.account_id <> '(none)'
group by all
