"""Touches and conversions of a year in Parquet, as the tables that credits are made of."""

from pathlib import Path

import duckdb

# 20 touches of 65 accounts a customer, and one conversion; any two of them in any order.
_SPREAD = "timestamp '2025-11-16' + to_microseconds(cast(hash(i * {n}) % 31536000000000 as bigint))"
_TOKEN = "cast(md5(cast({number} as varchar)) as uuid)"
_TABLES = {
    "core.touches": """
        select
            'touch-' || i as event_id,
            {customer} as customer_token,
            {moment} as touched_at,
            cast({moment} + interval 8 hours as date) as day,
            'account-' || hash(i * 11) % 65 as account_id,
            'code-' || hash(i * 11) % 65 || '-' || hash(i * 13) % 8 as source_code
        from range({rows}) as t (i)
    """,
    "core.attributed_events": """
        select
            'event-' || i as event_id,
            {person} as customer_token,
            case i % 3 when 1 then 'card_application' else 'wealth_subscription' end as event_type,
            {moment} as occurred_at,
            cast({moment} + interval 8 hours as date) as day,
            'confirmed' as cooling_off
        from range({rows} // 20) as t (i) where i % 3 > 0
    """,
    "core.new_customers": """
        select
            'event-' || i as event_id,
            {person} as customer_token,
            {moment} as became_at,
            cast({moment} + interval 8 hours as date) as day
        from range({rows} // 20) as t (i) where i % 3 = 0
    """,
}


def write_touches(folder: Path, rows: int) -> None:
    """Write the tables, each in a Parquet file of its name; touches are in order of their day."""
    with duckdb.connect(config={"memory_limit": "2GB", "threads": 2}) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"set temp_directory = '{folder / 'writing'}'")
        for name, sql in _TABLES.items():
            select = sql.format(
                rows=rows,
                moment=_SPREAD.format(n=7),
                customer=_TOKEN.format(number=f"hash(i * 3) % greatest({rows} // 20, 1)"),
                person=_TOKEN.format(number="i"),
            )
            file = folder / f"{name}.parquet"
            connection.execute(
                f"copy ({select} order by day) to '{file}' (format parquet, compression zstd)"
            )
