-- Files of the inbox that nothing landed of, as the last run of ingest left them.
-- grain: source_file

select
    source_file,
    kind,
    reason,
    reason_en,
    delivered
from lake.waiting_files
