-- Who may be addressed for which purpose today: they agreed to it, and did not refuse to be
-- addressed personally. Refusing is a withdrawal of a purpose that is on until it is refused
-- (`opt_out` in the catalogue); at the same instant it wins. Every list of tokens that is to reach
-- people is joined with this table; `funnel sql --purpose` does so itself. Source: PIPL art. 24.
-- grain: purpose, customer_token

with refused as (
    select distinct standings.customer_token
    from staging.consent_standings as standings
    inner join settings.purposes on standings.purpose = purposes.purpose
    where purposes.consent = 'opt_out' and standings.standing in ('withdrawn', 'tied')
)

select
    valid_consents.purpose,
    valid_consents.customer_token
from staging.valid_consents as valid_consents
left join refused on valid_consents.customer_token = refused.customer_token
where refused.customer_token is null
