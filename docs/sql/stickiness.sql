-- 粘性：全行日活、周活、滚动月活与日活/月活，最近四周
-- Stickiness: the bank's DAU, WAU, rolling MAU and DAU / MAU over four weeks.
select
    day,
    dau,
    wau,
    mau,
    round(stickiness, 4) as stickiness
from published.rolling_active
where
    level = 'bank'
    and day > (select max(days.day) - 28 from published.rolling_active as days)
order by day
