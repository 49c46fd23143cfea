-- Whose data may be used for which purpose today. Default deny: the latest event must be a grant,
-- not run out, given separately where the purpose's entry in the catalogue does not say otherwise,
-- and under a notice that still covers the purpose; at the same instant a withdrawal wins.
-- grain: purpose, customer_token

with latest as (
    select *
    from staging.bank_consents
    qualify row_number() over (
        partition by purpose, customer_token
        order by occurred_at desc, action desc  -- withdraw sorts after grant
    ) = 1
),

noticed as (
    select
        *,
        -- the numbers of a notice, such as 2026.1
        regexp_replace(regexp_replace(notice_version, '^[^0-9]+', '', 'g'), '[^0-9]+', '.', 'g')
            as numbers
    from latest
),

numbered as (
    select
        *,
        cast(nullif(substring(split_part(numbers, '.', 1), 1, 18), '') as bigint) as notice_1,
        coalesce(cast(nullif(substring(split_part(numbers, '.', 2), 1, 18), '') as bigint), 0)
            as notice_2
    from noticed
)

select
    numbered.purpose,
    numbered.customer_token,
    numbered.occurred_at,  -- UTC
    numbered.notice_version
from numbered
cross join settings.run
left join settings.purposes on numbered.purpose = purposes.purpose
where
    numbered.action = 'grant'
    and (numbered.separate or purposes.consent = 'given')
    and (numbered.valid_until is null or numbered.valid_until >= run.as_of)
    and (
        purposes.notice_1 is null
        or numbered.notice_1 > purposes.notice_1
        or (numbered.notice_1 = purposes.notice_1 and numbered.notice_2 >= purposes.notice_2)
    )
