-- 各活动到期时的成本与回报
-- What each campaign had cost and brought at 30, 60 and 90 days, where these are over.
select
    campaign_name,
    horizon_days,
    spend_yuan,
    yuan_per_arrival,
    cac_yuan,
    yuan_per_10k_aum,
    roi,
    why_not
from published.campaign_returns
where mature
order by campaign_id, horizon_days
