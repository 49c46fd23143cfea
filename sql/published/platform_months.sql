-- Active customers of each month by the platform of the account they belong to, beside all of the
-- bank's: each customer is of one account, so of one platform or unattributed.
-- grain: month, platform

select
    month,          -- its first day, Asia/Shanghai
    complete,       -- the month ended before the run
    platform,       -- of the account; unattributed: of none; null: the bank
    mau,            -- customers with a login in the month; null: not delivered
    stable_mau,     -- in this and the months before; null: the feed is too young
    new_customers,  -- for the first time ever
    suppressed      -- columns withheld: too few persons
from published.monthly_persons
where level in ('bank', 'platform') or tier = 'unattributed'
