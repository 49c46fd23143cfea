-- An account's count of a stage is the sum of the cells it came from.
with evidence as (
    select
        week_starts,
        account_id,
        stage,
        sum(cast(amount as decimal(18, 6))) as amount
    from published.weekly_evidence
    group by all
)

select
    funnel.week,
    funnel.account_id,
    funnel.stage,
    funnel.total,
    evidence.amount
from published.weekly_funnel as funnel
left join evidence using (week_starts, account_id, stage)
where
    funnel.level = 'account'
    and funnel.stage_order < 6
    and abs(coalesce(funnel.total, 0) - coalesce(evidence.amount, 0)) > 0.51
