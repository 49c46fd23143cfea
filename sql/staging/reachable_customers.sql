-- Who may be addressed for which purpose today: they agreed to it, and did not refuse to be
-- addressed personally. Refusing is a withdrawal of a purpose that is on until it is refused
-- (`opt_out` in the catalogue); at the same instant it wins. Every list of tokens that is to reach
-- people is joined with this table; `funnel sql --purpose` does so itself. Source: PIPL art. 24.
-- grain: purpose, customer_token

with latest as (
    select
        purpose,
        customer_token,
        action
    from staging.bank_consents
    qualify row_number() over (
        partition by purpose, customer_token
        order by occurred_at desc, action desc  -- withdraw sorts after grant
    ) = 1
),

refused as (
    select distinct latest.customer_token
    from latest
    inner join settings.purposes on latest.purpose = purposes.purpose
    where purposes.consent = 'opt_out' and latest.action = 'withdraw'
)

select
    valid_consents.purpose,
    valid_consents.customer_token
from staging.valid_consents as valid_consents
left join refused on valid_consents.customer_token = refused.customer_token
where refused.customer_token is null
