"""Events of a bank's customers in Parquet, of any number, and the funnel over them."""

from pathlib import Path

import duckdb

LARGE = 100_000_000
WINDOW_DAYS = 14
STEPS = ("click", "arrival", "card_application", "wealth_subscription")

_SQL = """
copy (
    select
        -- The token of a customer, 128 bits, as the lake keeps it.
        cast(md5(cast(hash(i * 3) % greatest({rows} // 20, 1) as varchar)) as uuid) as actor,
        timestamp '2026-08-01' + to_microseconds(cast(i * (90 * 86400e6 / {rows}) as bigint)) as ts,
        list_extract(
            ['click', 'arrival', 'registered', 'account_opened', 'card_bound', 'login', 'login',
             'login', 'login', 'transaction', 'transaction', 'card_application',
             'risk_assessment', 'wealth_subscription'],
            cast(1 + hash(i * 11) % 14 as int)
        ) as event
    from range({rows}) as t (i)
) to '{path}' (format parquet, compression zstd)
"""


def write_events(path: Path, rows: int) -> None:
    """Write so many events over 90 days: 20 a customer, of the kinds that bench.ingest delivers."""
    with duckdb.connect(config={"memory_limit": "1GB", "threads": 2}) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute("set preserve_insertion_order = false")
        connection.execute(f"set temp_directory = '{path.parent / 'writing'}'")
        connection.execute(_SQL.format(rows=rows, path=path))
