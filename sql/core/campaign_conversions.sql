-- Conversions whose last touch was a source code of a campaign, on a day of the campaign. A code of
-- two campaigns at once counts for both.
-- grain: campaign_id, event_id

select
    campaigns.campaign_id,
    credits.event_id,
    credits.kind,            -- new_customer, card_application, wealth_subscription
    credits.customer_token,
    credits.day,             -- of the conversion, Asia/Shanghai
    -- of a subscription in yuan; of any other nothing
    case
        when credits.kind = 'wealth_subscription' and events.currency = 'CNY'
            then coalesce(events.amount, 0)
        else 0
    end as amount_yuan
from core.attribution_credits as credits
inner join staging.bank_campaigns as campaigns
    on
        credits.source_code = campaigns.source_code
        and credits.touched_on >= campaigns.starts_on
        and (campaigns.ends_on is null or credits.touched_on <= campaigns.ends_on)
inner join core.attributed_events as events using (event_id)
where credits.last_touch = 1
