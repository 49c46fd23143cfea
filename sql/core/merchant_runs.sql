-- How long each number of a merchant has been falling: in how many weeks in a row it was below the
-- week before, and by what share since the last week in which it was not. A week that is not there
-- ends a run. Of merchants who consented to the purpose that `merchant_purpose` names; unless it
-- names one there are none.
-- grain: merchant_token, metric, week_starts

with weeks as (
    select
        weeks.merchant_token,
        weeks.week_starts,
        cast(weeks.visits as decimal(18, 2)) as visits,
        cast(weeks.orders as decimal(18, 2)) as orders,
        cast(weeks.settlement_yuan as decimal(18, 2)) as settlement
    from staging.bank_merchant_weeks as weeks
    cross join settings.parameters
    inner join staging.valid_consents as consents
        on
            weeks.merchant_token = consents.customer_token
            and parameters.merchant_purpose = consents.purpose
),

amounts as (
    select
        merchant_token,
        week_starts,
        metric,
        amount
    from weeks
    unpivot (amount for metric in (visits, orders, settlement))
),

compared as (
    select
        amounts.merchant_token,
        amounts.metric,
        amounts.week_starts,
        amounts.amount,
        earlier.amount as before,
        coalesce(amounts.amount < earlier.amount, false) as is_down
    from amounts
    left join amounts as earlier
        on
            amounts.merchant_token = earlier.merchant_token
            and amounts.metric = earlier.metric
            and amounts.week_starts = earlier.week_starts + 7
),

-- A run begins in a week that is not down, and holds those that are down after it.
runs as (
    select
        *,
        sum(case when is_down then 0 else 1 end) over (
            partition by merchant_token, metric
            order by week_starts rows between unbounded preceding and current row
        ) as run
    from compared
),

begun as (
    select
        *,
        row_number() over (
            partition by merchant_token, metric, run
            order by week_starts
        ) - 1 as weeks_down,
        max(case when is_down then null else amount end) over (
            partition by merchant_token, metric, run
        ) as begun_at
    from runs
)

select
    begun.merchant_token,
    begun.metric,         -- visits, orders or settlement
    begun.week_starts,    -- Monday
    begun.amount,         -- of settlement in yuan
    begun.before,         -- a week before; null: not there
    begun.weeks_down,     -- 0: not down in this one
    begun.begun_at,       -- in the week before the run
    cast(begun.begun_at - begun.amount as double) / nullif(begun.begun_at, 0) as fallen_share,
    begun.weeks_down >= parameters.merchant_weeks_down
    and begun.begun_at - begun.amount
    >= begun.begun_at * parameters.merchant_fallen_percent / 100 as is_signal
from begun
cross join settings.parameters
