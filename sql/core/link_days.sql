-- The registered source codes that events of a day carry, with what they lead to. A day is built
-- again where a code of its own is registered otherwise, not with every new link.
-- grain: day, source_code

select
    codes.day,
    codes.source_code,
    links.account_id,
    links.post,
    links.product_line,
    links.product,
    links.entry
from staging.bank_event_codes as codes
inner join staging.bank_links as links using (source_code)
