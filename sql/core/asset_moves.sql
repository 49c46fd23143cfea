-- What customers have in a month, by the account they belong to, the band of their wealth tier, and
-- that of the month before.
-- grain: month, account_id, band, from_band

select
    here.month,                                  -- first day, Asia/Shanghai
    here.account_id,                             -- `(none)`: belong to no account
    here.band,                                   -- null: the month average is unknown
    before.band as from_band,                    -- null: was unknown
    count(here.aum) as customers,                -- whose month average is known
    count(case when here.is_watched then 1 end) as watched,
    sum(here.aum) as aum_yuan,
    count(here.point_aum) as point_customers,    -- whose balance at the month's end is known
    sum(here.point_aum) as point_aum_yuan
from core.customer_assets as here
left join core.customer_assets as before
    on
        here.customer_token = before.customer_token
        and here.month = before.month + interval 1 month
where here.aum is not null or here.point_aum is not null
group by all
