-- How many customers were active on a day at each level, by when they are next active there. It is
-- all that a count of distinct customers over days needs: each adds one on the day, and takes it
-- away on the next active day or, where that is later, at the end of the window.
-- grain: day, tier, unit_id, account_id, again_on
-- per: week
-- reach: core.account_levels +0

with spans as (
    select
        day,
        account_id,
        bank_again,
        tier_again,
        unit_again,
        account_again,
        count(*) as customers
    from core.active_spans
    group by all
)

select
    spans.day,                                -- Asia/Shanghai
    levels.level,                             -- bank, tier, unit or account
    levels.tier,
    levels.unit_id,
    levels.path_account_id as account_id,
    case levels.level
        when 'bank' then spans.bank_again
        when 'tier' then spans.tier_again
        when 'unit' then spans.unit_again
        else spans.account_again
    end as again_on,                          -- null: not within 30 days
    cast(sum(spans.customers) as bigint) as customers
from spans
inner join core.account_levels as levels using (account_id, day)
group by all
