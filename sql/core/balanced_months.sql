-- Months whose balances are there and that are over.
-- grain: month

select calendar.month  -- its first day, Asia/Shanghai
from settings.calendar
cross join settings.run
where calendar.month in (select aum.month from core.month_aum as aum)
group by calendar.month
having max(calendar.day) < max(run.as_of)
