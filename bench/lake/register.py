"""The bank's registers: 65 accounts over tiers and platforms, and the codes of their links."""

from bench.lake.year import DAYS, drawn
from pipeline.ingest.bank.accounts import PLATFORMS
from pipeline.ingest.bank.links import PRODUCT_LINES

ACCOUNTS = 65
LINKS = 1000
NEW_LINKS = 3
"""So many codes come with each day after the year."""

_ACCOUNTS = """
select
    printf('account-%02d', i) as account_id,
    printf('账号 %02d', i) as account_name,
    {platforms}[1 + i % {kinds}] as platform,
    case when i < 10 then 'head_office' when i < 25 then 'line' else 'branch' end as tier,
    printf('U%03d', 100 + i // 2) as unit_id,
    printf('部门 %03d', 100 + i // 2) as unit_name,
    case when i >= 10 then 'U100' end as parent_unit_id,
    date '2024-01-01' as valid_from
from range({accounts}) as accounts (i)
order by i
"""

_LINKS = """
select
    printf('SRC-%d', 10000 + i) as source_code,
    printf('account-%02d', {drawn} % {accounts}) as account_id,
    {lines}[1 + cast({drawn} // 100 % {kinds} as int)] as product_line,
    case when i % 4 = 0 then printf('产品 %02d', i // 4 % 40) end as product,
    ['home_page', 'menu', 'post', 'live'][1 + i % 4] as entry
from range({first}, {last} + 1) as links (i)
order by i
"""


def accounts() -> str:
    """Give the query of the register of accounts."""
    return _ACCOUNTS.format(platforms=list(PLATFORMS), kinds=len(PLATFORMS), accounts=ACCOUNTS)


def links(first: int, last: int) -> str:
    """Give the query of the codes from the first to the last, by their numbers."""
    return _LINKS.format(
        drawn=drawn(12, "i"),
        accounts=ACCOUNTS,
        lines=list(PRODUCT_LINES),
        kinds=len(PRODUCT_LINES),
        first=first,
        last=last,
    )


def links_until(day: int) -> int:
    """Give how many codes there are at the end of a day: the number of the last one."""
    return LINKS + NEW_LINKS * max(0, day - DAYS + 1)
