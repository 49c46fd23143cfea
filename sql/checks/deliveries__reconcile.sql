-- Nothing is lost: delivered = landed + repeated + refused, for every file and dataset.
select
    source_file,
    dataset,
    delivered,
    landed,
    repeated,
    refused
from staging.deliveries
where delivered <> landed + repeated + refused
