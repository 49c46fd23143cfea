-- The count stages of an account by week. A stage of a week is complete when the daily
-- export that carries it covers all the days, or else the exports of the posts reach the week's
-- end; clicks always are.
-- grain: account_id, week_starts, stage

with coverage as (
    select
        account_id,
        week_starts,
        stage,
        count(distinct day) as days,
        max(covers_until) as covers_until
    from core.week_contributions
    group by all
)

select
    contributions.account_id,
    contributions.week_starts,
    contributions.stage,
    cast(round(sum(contributions.amount)) as bigint) as total,
    bool_or(contributions.estimated) as estimated,
    coalesce(bool_and(
        contributions.stage = 'click'
        or case
            when coverage.days > 0 then coverage.days = 7
            else coverage.covers_until >= contributions.week_starts + 7
        end
    ), false) as is_complete
from core.week_contributions as contributions
left join coverage using (account_id, week_starts, stage)
group by all
