-- Nothing is lost: delivered = landed + repeated + refused, for every file and dataset, and no more
-- is erased than landed.
select
    source_file,
    dataset,
    delivered,
    landed,
    repeated,
    refused,
    erased
from staging.deliveries
where delivered <> landed + repeated + refused or erased not between 0 and landed
