-- Whose data may be used for which purpose today. Default deny: a valid grant, or nothing.
-- grain: purpose, customer_token

select
    purpose,
    customer_token,
    occurred_at,  -- UTC
    notice_version
from staging.consent_standings
where standing = 'valid'
