-- 各层级转化率与 3% 行业参考线：成熟的周里高于、低于参考线的次数
-- How often each conversion of a level was above or below the industry's line, in mature weeks.
select
    conversion,
    coalesce(tier, 'bank') as tier,
    count(case when against_benchmark = 'above' then 1 end) as above,
    count(case when against_benchmark = 'level' then 1 end) as on_the_line,
    count(case when against_benchmark = 'below' then 1 end) as below
from published.conversions
where level in ('bank', 'tier') and mature
group by all
order by conversion, tier
