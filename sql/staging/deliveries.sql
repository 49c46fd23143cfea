-- What was delivered: one row a file and dataset, with its reconciliation.
-- grain: delivery_id, dataset

select
    delivery_id,
    dataset,
    account_id,  -- null: a file of the bank's
    source_file,
    exported_at,
    exported_at_from,
    first_day,
    last_day,
    delivered,
    landed,
    repeated,
    refused,
    coalesce(erased, 0) as erased  -- of the rows that landed: not in the lake any more
from lake.deliveries
cross join settings.run
where cast(exported_at as date) <= run.as_of
