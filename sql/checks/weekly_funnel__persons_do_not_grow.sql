-- Below the bridge nobody appears from nowhere: a stage has no more customers than the one before.
select
    upper_stage.week,
    upper_stage.level,
    upper_stage.tier,
    upper_stage.account_id,
    upper_stage.stage,
    base.persons as persons_before,
    upper_stage.persons
from published.weekly_funnel as upper_stage
inner join published.weekly_funnel as base
    on
        upper_stage.week_starts = base.week_starts
        and upper_stage.stage_order = base.stage_order + 1
        and upper_stage.tier is not distinct from base.tier
        and upper_stage.unit_id is not distinct from base.unit_id
        and upper_stage.account_id is not distinct from base.account_id
where base.stage_order >= 6 and upper_stage.persons > base.persons
