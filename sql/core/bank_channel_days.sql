-- Every cell of the bank's own channels that adds to a count stage; their clicks and arrivals are
-- bank events, known by their source codes, like those of every account.
-- grain: account_id, day, stage, source_file, source_sheet, source_line

select
    account_id,
    day,
    case metric
        when 'impressions' then 'exposure'
        when 'reads' then 'read'
        when 'engagement' then 'engagement'
        when 'intents' then 'intent'
    end as stage,
    amount,
    source_file,
    source_sheet,
    source_line
from staging.bank_channel_daily
unpivot (amount for metric in (impressions, reads, engagement, intents))
