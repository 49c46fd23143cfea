-- 未来八周的月活预测、区间与回测误差，按层级
-- MAU of the eight weeks to come by tier, with interval and the error of the method so far.
select
    tier,
    starts_on,
    round(value) as mau,
    round(low) as low,
    round(high) as high,
    method,
    round(error, 1) as mean_error
from published.forecasts
where metric = 'mau' and level in ('bank', 'tier')
order by tier nulls first, starts_on
