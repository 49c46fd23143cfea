-- Among how many themes, and forms of selling, the posts of a month are spread: the effective
-- number 1 / sum(share^2), which is the number of categories where all are as frequent, and falls
-- towards 1 as one of them takes over.
-- grain: month, tier, unit_id, account_id, dimension

select
    month,                                                -- of publication; its first day
    bool_and(complete) as complete,                       -- the month ended before the run
    level,                                                -- bank, tier, unit or account
    tier,                                                 -- null: the bank
    unit_id,                                              -- business line or branch
    max(unit_name) as unit_name,                          -- its name
    max(platform) as platform,                            -- of the account
    account_id,                                           -- as in the register
    max(account_name) as account_name,                    -- as in the register
    dimension,                                            -- theme or selling_form
    cast(sum(posts) as bigint) as posts,                  -- with a title
    count(*) as categories,                               -- that at least one of them has
    1.0 / sum(share * share) as effective_number          -- 1 to the number of categories
from published.content_mix
group by month, level, tier, unit_id, account_id, dimension
