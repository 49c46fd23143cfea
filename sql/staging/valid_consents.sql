-- Whose data may be used for which purpose today. Default deny: the latest event must be a grant,
-- given separately, and not run out; at the same instant a withdrawal wins.
-- grain: purpose, customer_token

with latest as (
    select *
    from staging.bank_consents
    qualify row_number() over (
        partition by purpose, customer_token
        order by occurred_at desc, action desc  -- withdraw sorts after grant
    ) = 1
)

select
    purpose,
    customer_token,
    occurred_at,  -- UTC
    notice_version
from latest
cross join settings.run
where
    action = 'grant'
    and separate
    and (valid_until is null or valid_until >= run.as_of)
