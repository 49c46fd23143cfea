-- The customers the bank delivered by why they are counted or not today; everybody is one of these.
-- grain: reason
-- persons: customers
-- nested: reason

with asked as (
    select
        standings.customer_token,
        standings.standing
    from staging.consent_standings as standings
    inner join settings.parameters on standings.purpose = parameters.consent_purpose
),

reasons as (
    select
        case
            when asked.standing = 'valid' then 'counted'
            else coalesce(asked.standing, 'never_asked')
        end as reason
    from staging.known_customers
    left join asked on known_customers.customer_token = asked.customer_token
)

select
    reason,  -- null: all; counted, never_asked, withdrawn, tied (granted and withdrawn at the same
    -- instant), expired, not_separate (granted within a bundle), earlier_notice
    count(*) as customers,                -- persons
    cast(null as varchar) as suppressed   -- columns withheld: too few persons
from reasons
group by grouping sets ((), (reason))
