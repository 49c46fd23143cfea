-- Which source codes belong to which campaign, from when to when; the latest register counts.
-- grain: campaign_id, source_code

select
    campaign_id,
    campaign_name,
    source_code,
    starts_on,
    ends_on,  -- null: none yet
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_campaigns
cross join settings.run
where cast(exported_at as date) <= run.as_of
qualify row_number() over (
    partition by campaign_id, source_code
    order by exported_at desc, delivery_id desc, source_line
) = 1
