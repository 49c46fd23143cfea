-- 同一批转化按五种规则归因：看结论是否因规则而变
-- The same conversions credited by five rules: does the answer depend on the rule?
select
    kind,
    tier,
    sum(last_touch) as last_touch,
    sum(first_touch) as first_touch,
    round(sum(linear), 1) as linear,
    round(sum(time_decay), 1) as time_decay,
    round(sum(position_based), 1) as position_based
from published.attribution
where level = 'tier'
group by kind, tier
order by kind, tier
