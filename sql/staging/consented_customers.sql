-- Customers whose data may be used for this purpose today.
-- grain: customer_token

select
    valid_consents.customer_token,
    valid_consents.occurred_at,  -- UTC
    valid_consents.notice_version
from staging.valid_consents as valid_consents
inner join settings.parameters on valid_consents.purpose = parameters.consent_purpose
