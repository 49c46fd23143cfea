-- How every person stands with every purpose they were asked about today, by their latest event; at
-- the same instant a withdrawal wins. Default deny: only a grant that has nothing against it is
-- valid, which is not run out, given separately where the purpose's entry in the catalogue does not
-- say otherwise, and under a notice that still covers the purpose.
-- grain: purpose, customer_token

with latest as (
    select
        *,
        max(case when action = 'grant' then occurred_at end) over (
            partition by purpose, customer_token
        ) as last_grant
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
    numbered.notice_version,
    case
        when numbered.action = 'withdraw' and numbered.last_grant = numbered.occurred_at
            then 'tied'
        when coalesce(numbered.action <> 'grant', true) then 'withdrawn'
        when numbered.valid_until < run.as_of then 'expired'
        when not (coalesce(numbered.separate, false) or coalesce(purposes.consent = 'given', false))
            then 'not_separate'
        when
            purposes.notice_1 is null
            or numbered.notice_1 > purposes.notice_1
            or (
                numbered.notice_1 = purposes.notice_1
                and numbered.notice_2 >= purposes.notice_2
            )
            then 'valid'
        else 'earlier_notice'
    end as standing  -- valid; or why it is not: the first of these that holds
from numbered
cross join settings.run
left join settings.purposes on numbered.purpose = purposes.purpose
