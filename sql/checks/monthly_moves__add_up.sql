-- Where nothing is withheld, the moves of a month lead from the MAU of the month before to its own.
select
    moves.month,
    moves.tier,
    moves.unit_id,
    moves.platform,
    moves.account_id,
    before.mau as mau_before,
    active.mau
from published.monthly_moves as moves
cross join settings.parameters
inner join published.monthly_persons as active
    on
        moves.month = active.month
        and moves.tier is not distinct from active.tier
        and moves.unit_id is not distinct from active.unit_id
        and moves.platform is not distinct from active.platform
        and moves.account_id is not distinct from active.account_id
inner join published.monthly_persons as before
    on
        moves.month = before.month + interval 1 month
        and moves.tier is not distinct from before.tier
        and moves.unit_id is not distinct from before.unit_id
        and moves.platform is not distinct from before.platform
        and moves.account_id is not distinct from before.account_id
where
    -- Each number may be off by what it is rounded to.
    abs(active.mau - moves.new_active - moves.retained - moves.returned - moves.moved_in)
    > 5 * (parameters.rounded_to - 1)
    or abs(before.mau - moves.retained - moves.lost - moves.moved_out)
    > 4 * (parameters.rounded_to - 1)
