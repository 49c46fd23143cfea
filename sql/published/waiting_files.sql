-- Files that wait in the inbox for somebody: nothing of them is in any number.
-- grain: source_file

select
    waiting.source_file,  -- path below the inbox
    waiting.kind,         -- refused: cannot be read, or too many rows are; unknown; held: accept it
    waiting.reason,       -- what was found, in its first words
    waiting.reason_en,    -- the same in English
    waiting.delivered     -- rows it holds; null where it could not be read
from staging.waiting_files as waiting
