-- Where in the life cycle a customer stands at the end of a month, and the account a customer
-- belongs to: that of the latest login that was attributed to one, else of the registration, else
-- that of the first arrival. Of a month that is not over it is what comes if nothing happens.
-- grain: month, customer_token
-- per: month of core.level_months
-- reach: core.activity_months -all, core.login_months -all
-- reach: core.new_customers -all, core.first_arrivals -all, core.month_aum -186
-- consent: customer_token

with months as (
    select
        calendar.month,
        max(calendar.day) as ends_on
    from settings.calendar
    where calendar.month in (select frame.month from core.level_months as frame)
    group by calendar.month
),

facts as (
    select
        customer_token,
        last_day as day,
        last_day as active_on,
        null as became_on,
        null as home_id,
        null as account_id
    from core.activity_months
    union all
    select
        customer_token,
        month as day,
        null as active_on,
        null as became_on,
        account_id as home_id,
        null as account_id
    from core.login_months
    where account_id is not null
    union all
    select
        customer_token,
        day,
        null as active_on,
        day as became_on,
        null as home_id,
        nullif(account_id, '(none)') as account_id
    from core.new_customers
    union all
    select
        customer_token,
        day,
        null as active_on,
        null as became_on,
        null as home_id,
        nullif(account_id, '(none)') as account_id
    from core.first_arrivals
),

customers as (
    select
        months.month,
        months.ends_on,
        facts.customer_token,
        max(facts.active_on) as active_on,
        max(facts.became_on) as became_on,
        max_by(facts.home_id, facts.day) as home_id,
        max_by(facts.account_id, case when facts.became_on is null then 0 else 1 end) as account_id
    from months
    inner join facts on months.ends_on >= facts.day
    group by all
),

balances as (
    select
        months.month,
        aum.customer_token,
        max(aum.aum) as peak,
        max(case when aum.month = months.month then aum.aum end) as aum
    from months
    inner join core.month_aum as aum
        on
            months.month >= aum.month
            and aum.month > months.month - interval 6 month
    group by all
),

ages as (
    select
        customers.*,
        date_diff('day', customers.became_on, customers.ends_on) as days_a_customer,
        date_diff(
            'day',
            greatest(
                coalesce(customers.active_on, customers.became_on),
                coalesce(customers.became_on, customers.active_on)
            ),
            customers.ends_on
        ) as days_idle
    from customers
)

select
    ages.month,             -- first day, Asia/Shanghai
    ages.customer_token,
    coalesce(ages.home_id, ages.account_id, '(none)') as account_id,
    case
        when ages.days_idle is null then 'potential'
        when ages.days_a_customer < parameters.new_days then 'new'
        when ages.days_idle >= parameters.lost_days then 'lost'
        when
            balances.peak > 0
            and (balances.peak - balances.aum) * 100
            >= balances.peak * parameters.lost_aum_drop_percent
            then 'lost'
        when ages.days_idle >= parameters.dormant_days then 'dormant'
        else 'active'
    end as state            -- potential, new, active, dormant or lost
from ages
cross join settings.parameters
left join balances using (month, customer_token)
