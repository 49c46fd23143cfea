-- Applications for a card, the account they are attributed to, and when they were approved: the
-- customer's first approval at or after the application and before the next one, within the window.
-- grain: event_id
-- per: month
-- reach: core.attributed_events +approval_days, staging.bank_events +approval_days
-- consent: customer_token

with applications as (
    select
        event_id,
        customer_token,
        occurred_at,
        day,
        account_id,
        lead(occurred_at) over (
            partition by customer_token order by occurred_at, event_id
        ) as next_at
    from core.attributed_events
    where event_type = 'card_application'
),

approved as (
    select
        applications.event_id,
        min(approvals.occurred_at) as approved_at
    from applications
    cross join settings.parameters
    inner join staging.bank_events as approvals
        on
            applications.customer_token = approvals.customer_token
            and approvals.event_type = 'card_approved'
            and approvals.occurred_at >= applications.occurred_at
            and approvals.occurred_at
            <= applications.occurred_at + parameters.approval_days * interval 1 day
            and (applications.next_at is null or approvals.occurred_at < applications.next_at)
    group by all
)

select
    applications.event_id,
    applications.customer_token,
    applications.occurred_at,  -- UTC
    calendar.month,            -- first day, Asia/Shanghai
    applications.account_id,   -- `(none)`: nobody touched
    approved.approved_at       -- UTC; null: not within the window
from applications
inner join settings.calendar using (day)
left join approved using (event_id)
