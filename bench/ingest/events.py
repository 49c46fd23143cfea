"""A file of bank events of any size, with what real ones hold: repeats and rows to refuse."""

import sys
from pathlib import Path

import duckdb

DAYS = 90

_SQL = """
copy (
    select
        case when hash(i) % 2000 = 0 then printf('E%014d', greatest(i - 1, 0))
             else printf('E%014d', i) end as event_id,
        strftime(
            timestamp '2026-08-01'
            + to_microseconds(cast(i * ({days} * 86400e6 / {rows}) as bigint)),
            '%Y-%m-%dT%H:%M:%S'
        ) || case when hash(i * 5) % 10000 = 0 then '' else '+08:00' end as occurred_at,
        case when hash(i * 7) % 20 > 0 then printf('C%011d', hash(i * 3) % ({rows} // 5)) end
            as customer_id,
        list_extract(
            ['click', 'arrival', 'registered', 'account_opened', 'card_bound', 'login', 'login',
             'login', 'login', 'transaction', 'transaction', 'card_application',
             'risk_assessment', 'wealth_subscription'],
            cast(1 + hash(i * 11) % 14 as int)
        ) as event_type,
        case when hash(i * 13) % 3 = 0 then printf('XHS-%04d', hash(i * 17) % 500) end
            as source_code,
        case when hash(i * 13) % 3 = 0
             then list_extract(['card', 'wealth', 'deposit', 'loan'],
                               cast(1 + hash(i * 19) % 4 as int)) end as product_line,
        case when hash(i * 23) % 4 = 0
             then cast(cast(hash(i * 29) % 10000000 as int) / 100 as decimal(18, 2)) end as amount,
        case when hash(i * 23) % 4 = 0 then 'CNY' end as currency,
        case when hash(i * 31) % 14 = 0 then 'confirmed' end as cooling_off
    from range({rows}) as t (i)
) to '{path}' (header)
"""


def write_events(path: Path, rows: int) -> None:
    """Write a CSV of so many rows over 90 days: 5 rows a customer, 0.05 % repeated keys, 0.01 %
    of the times without a zone.
    """
    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(_SQL.format(days=DAYS, rows=rows, path=path))


if __name__ == "__main__":
    write_events(Path(sys.argv[1]), int(sys.argv[2]))
