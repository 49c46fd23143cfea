-- No step of a funnel has more persons than the one before it.
select
    deeper.funnel,
    deeper.period,
    deeper.starts_on,
    deeper.tier,
    deeper.unit_id,
    deeper.account_id,
    deeper.step,
    before.persons as persons_before,
    deeper.persons
from published.funnel_steps as deeper
inner join published.funnel_steps as before
    on
        deeper.funnel = before.funnel
        and deeper.period = before.period
        and deeper.starts_on = before.starts_on
        and deeper.tier is not distinct from before.tier
        and deeper.unit_id is not distinct from before.unit_id
        and deeper.account_id is not distinct from before.account_id
        and deeper.step = before.step + 1
where deeper.persons > before.persons
