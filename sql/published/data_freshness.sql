-- What was delivered and up to when, per dataset and account, with its reconciliation:
-- delivered = landed + repeated + refused, and the lake holds landed - erased. Registers have no
-- last day and do not fall due, nor do experiments, which come when there are some.
-- grain: dataset, account_id

with delivered as (
    select
        dataset,
        account_id,
        max(coalesce(last_day, cast(exported_at as date) - 1)) as last_day,
        max(exported_at) as exported_at,
        count(distinct delivery_id) as files,
        cast(sum(delivered) as bigint) as delivered,
        cast(sum(landed) as bigint) as landed,
        cast(sum(repeated) as bigint) as repeated,
        cast(sum(refused) as bigint) as refused,
        cast(sum(erased) as bigint) as erased
    from staging.deliveries
    group by all
),

silent as (
    select
        'none' as dataset,
        account_id
    from core.account_days
    inner join settings.run on account_days.day = run.as_of - 1
    where
        account_days.tier not in ('unregistered', 'unattributed')
        and account_days.account_id not in (
            select seen.account_id from staging.deliveries as seen
            where seen.account_id is not null
        )
        and account_days.account_id not in (
            select own.account_id from staging.bank_channel_daily as own
        )
),

everything as (
    select
        dataset,
        account_id,
        last_day,
        exported_at,
        files,
        delivered,
        landed,
        repeated,
        refused,
        erased
    from delivered
    union all
    select
        dataset,
        account_id,
        cast(null as date) as last_day,
        cast(null as timestamp) as exported_at,
        0 as files,
        0 as delivered,
        0 as landed,
        0 as repeated,
        0 as refused,
        0 as erased
    from silent
)

select
    everything.dataset,                      -- `none`: a registered account that never delivered
    everything.account_id,                   -- null: a file of the bank's
    days.account_name,                       -- as in the register
    days.tier,                               -- where the account stands on the run's day
    days.platform,                           -- of the account
    everything.last_day,                     -- last day the data speak of
    everything.exported_at,                  -- last export, Asia/Shanghai
    -- days missing up to the run
    case
        when everything.last_day >= run.as_of - 1 then 0
        else date_diff('day', everything.last_day, run.as_of - 1)
    end as days_behind,
    case
        when
            everything.dataset in (
                'bank_accounts',
                'bank_links',
                'bank_campaigns',
                'bank_experiments',
                'bank_assignments'
            )
            then 'current'
        when everything.last_day is null then 'missing'
        when date_diff('day', everything.last_day, run.as_of - 1) > parameters.overdue_days
            then 'overdue'
        else 'current'
    end as status,                           -- current, overdue or missing
    everything.files,                        -- deliveries
    everything.delivered,                    -- rows
    everything.landed,                       -- rows that fit and were taken into the lake
    everything.repeated,                     -- rows that say again what a row of the file said
    everything.refused,                      -- rows in quarantine
    -- of those that landed, rows erased since: the lake holds landed - erased
    everything.erased
from everything
cross join settings.run
cross join settings.parameters
left join core.account_days as days
    on everything.account_id = days.account_id and run.as_of - 1 = days.day
