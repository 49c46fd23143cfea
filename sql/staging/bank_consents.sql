-- Consent events, as delivered; what they mean today is worked out in staging.consented_customers.
-- grain: customer_token, purpose, occurred_at, action
-- per: month

select
    customer_token,
    purpose,
    action,
    separate,
    notice_version,
    occurred_at,  -- UTC
    valid_until,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_consents
cross join settings.run
where occurred_at + interval 8 hours < run.as_of
qualify row_number() over (
    partition by customer_token, purpose, occurred_at, action
    order by exported_at desc, delivery_id desc, source_line
) = 1
