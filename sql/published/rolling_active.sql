-- Active customers of each day and of the 7 and 30 days that end with it, and the share of the 30
-- days' customers who come on the day. Ratios are computed from what is published, so nothing
-- withheld comes back.
-- grain: day, tier, unit_id, platform, account_id

select
    day,           -- Asia/Shanghai
    level,         -- bank, tier, unit, platform or account
    tier,          -- head_office, line, branch, unattributed, unregistered; null: bank, platform
    unit_id,       -- business line or branch
    unit_name,     -- its name, the latest
    platform,      -- its own, or that of the account
    account_id,    -- as in the register
    account_name,  -- as in the register, the latest
    dau,           -- distinct customers with a login on the day
    wau,           -- the same in the 7 days that end with it; null: the feed is too young
    mau,           -- the same in the 30 days that end with it; null: the feed is too young
    cast(dau as double) / nullif(mau, 0) as stickiness,  -- dau / mau
    suppressed     -- columns withheld: too few persons
from published.rolling_persons
