-- Follower numbers that operators note from the profile page, where no export carries them.
-- grain: account_id, counted_on
-- per: month

select
    account_id,
    counted_on,
    followers,
    exported_at,
    source_file,
    source_sheet,
    source_line,
    delivery_id
from lake.bank_follower_counts
cross join settings.run
where counted_on <= run.as_of
qualify row_number() over (
    partition by account_id, counted_on
    order by exported_at desc, delivery_id desc, source_line
) = 1
