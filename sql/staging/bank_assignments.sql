-- Which variant of an experiment customers who consented were given, each time they were.
-- grain: experiment_id, customer_token, variant, assigned_at
-- per: month
-- consent: customer_token

select
    experiment_id,
    customer_token,
    variant,
    assigned_at,  -- UTC
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_assignments
cross join settings.run
where assigned_at + interval 8 hours < run.as_of
qualify row_number() over (
    partition by experiment_id, customer_token, variant, assigned_at
    order by exported_at desc, delivery_id desc, source_line
) = 1
