-- Customers whose data may be used for this purpose today. Default deny: the latest event must be
-- a grant, given separately, and not run out; at the same instant a withdrawal wins.
-- grain: customer_token

with latest as (
    select *
    from staging.bank_consents
    cross join settings.parameters
    where purpose = parameters.consent_purpose
    qualify row_number() over (
        partition by customer_token
        order by occurred_at desc, action desc  -- withdraw sorts after grant
    ) = 1
)

select
    customer_token,
    occurred_at,  -- UTC
    notice_version
from latest
cross join settings.run
where
    action = 'grant'
    and separate
    and (valid_until is null or valid_until >= run.as_of)
