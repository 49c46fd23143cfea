-- Where an account stands on each day: tier, organisation unit, platform. An account that delivers
-- files, that a link names, that is paid for, reviewed or commented on is `unregistered` on the
-- days the register does not cover; `(none)` stands for no account, so that what cannot be
-- attributed has a row of its own.
-- grain: account_id, day

with seen as (
    select
        account_id,
        min(dataset) as dataset
    from staging.deliveries
    where account_id is not null
    group by all
),

accounts as (
    select account_id from staging.bank_accounts
    union distinct
    select account_id from seen
    union distinct
    select account_id from staging.bank_links
    union distinct
    select account_id from staging.bank_spend
    union distinct
    select account_id from staging.bank_reviews
    union distinct
    select account_id from staging.commented_accounts
),

account_days as (
    select
        accounts.account_id,
        calendar.day,
        coalesce(registered.account_name, accounts.account_id) as account_name,
        coalesce(
            registered.platform,
            case
                when seen.dataset like 'wechat_official%' then 'wechat_official'
                when seen.dataset like 'wechat_channels%' then 'wechat_channels'
                when seen.dataset like 'mini_program%' then 'mini_program'
                else split_part(seen.dataset, '_', 1)
            end
        ) as platform,
        coalesce(registered.tier, 'unregistered') as tier,
        coalesce(registered.unit_id, 'unregistered') as unit_id,
        coalesce(registered.unit_name, '未登记') as unit_name
    from accounts
    cross join settings.calendar
    left join seen using (account_id)
    left join staging.bank_accounts as registered
        on
            accounts.account_id = registered.account_id
            and calendar.day >= registered.valid_from
            and (registered.valid_to is null or calendar.day <= registered.valid_to)

    union all

    select
        '(none)' as account_id,
        calendar.day,
        null as account_name,
        null as platform,
        'unattributed' as tier,
        null as unit_id,
        null as unit_name
    from settings.calendar
)

select
    account_id,
    day,  -- Asia/Shanghai
    account_name,
    platform,
    tier,
    unit_id,
    unit_name
from account_days
