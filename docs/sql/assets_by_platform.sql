-- 各平台带来的客户与户均 AUM：全部客户、月活两种口径，按月
-- Customers by the platform of their account and what they have, on two bases, by month.
select
    month,
    platform,
    customers,
    aum_per_customer,
    mau,
    aum_per_mau
from published.assets
where level = 'platform' or tier = 'unattributed'
order by month, platform
