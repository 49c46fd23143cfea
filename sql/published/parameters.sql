-- The parameters the numbers depend on, as they were set for this run.
-- grain: name

select
    name,        -- as in funnel.toml
    value,       -- as text
    meaning_zh,  -- what it sets
    meaning_en   -- the same in English
from settings.parameter_list
