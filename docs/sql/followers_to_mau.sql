-- 粉丝怎样变成月活：各层级的粉丝、月活、稳定月活与户均 AUM，逐月
-- How followers become active customers: followers, MAU, stable MAU and AUM a month and tier.
select
    month,
    coalesce(tier, 'bank') as tier,
    followers,
    mau,
    stable_mau,
    round(cast(stable_mau as double) / nullif(mau, 0), 3) as stable_share,
    aum_per_mau
from published.monthly_active
where level in ('bank', 'tier')
order by month, tier
