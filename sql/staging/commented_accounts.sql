-- The accounts that comments are told of: a list of accounts, of nobody who wrote.
-- grain: account_id

select distinct account_id
from lake.bank_comments
