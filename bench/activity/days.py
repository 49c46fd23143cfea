"""Active days of customers over a year, as core.login_days has them, and the tables beside it."""

from pathlib import Path

import duckdb

FIRST, LAST = "2025-11-16", "2026-11-15"

# The calendar first, which another reads. 24 active days a customer and year; one in 20 of them
# under another account than the others.
_TABLES = {
    "settings.calendar": """
        select cast(day as date) as day
        from generate_series(date '{first}', date '{last}', interval 1 day) as t (day)
    """,
    "core.login_days": """
        select
            date '{first}' + cast(hash(i * 7) % 365 as int) as day,
            cast(md5(cast(hash(i * 3) % greatest({rows} // 24, 1) as varchar)) as uuid)
                as customer_token,
            any_value(case
                when hash(i * 11) % 20 = 0 then 'account-' || hash(i * 13) % 65
                when hash(hash(i * 3) % greatest({rows} // 24, 1)) % 66 = 65 then '(none)'
                else 'account-' || hash(hash(i * 3) % greatest({rows} // 24, 1)) % 66
            end) as account_id
        from range({rows}) as t (i)
        group by 1, 2
    """,
    "core.account_days": """
        select
            'account-' || n as account_id,
            day,
            'Account ' || n as account_name,
            'douyin' as platform,
            case when n = 0 then 'head_office' when n < 15 then 'line' else 'branch' end as tier,
            'unit-' || n // 3 as unit_id,
            'Unit ' || n // 3 as unit_name
        from range(65) as t (n) cross join settings.calendar
        union all
        select '(none)', day, null, null, 'unattributed', null, null from settings.calendar
    """,
    "settings.run": "select date '{last}' + 1 as as_of",
    "staging.deliveries": """
        select
            'bank_events' as dataset,
            date '{first}' as first_day,
            timestamp '{last}' + interval 30 hours as exported_at,
            1 as landed
    """,
}


def write_days(folder: Path, rows: int) -> None:
    """Write the tables, each in a Parquet file of its name; the days are in no order."""
    with duckdb.connect(config={"memory_limit": "2GB", "threads": 2}) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"set temp_directory = '{folder / 'writing'}'")
        connection.execute("create schema settings")
        for name, table in _TABLES.items():
            file = folder / f"{name}.parquet"
            sql = table.format(first=FIRST, last=LAST, rows=rows)
            connection.execute(f"copy ({sql}) to '{file}' (format parquet, compression zstd)")
            if name == "settings.calendar":
                connection.execute(f"create view {name} as from read_parquet('{file}')")
