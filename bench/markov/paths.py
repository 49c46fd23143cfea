"""Paths over 14 channels in Parquet: one to eight steps, of which a fifth convert."""

from pathlib import Path

import duckdb

CHANNELS = 14
_STEP = f"'channel-' || lpad(cast(hash(i * 17 + n) % {CHANNELS} as varchar), 2, '0')"


def write_paths(file: Path, rows: int) -> None:
    """Write rows of path, conversions and nulls; no two need be different."""
    with duckdb.connect(config={"memory_limit": "2GB", "threads": 2}) as connection:
        connection.execute("set enable_progress_bar = false")
        steps = f"list_transform(range(cast(1 + hash(i * 3) % 8 as bigint)), lambda n: {_STEP})"
        connection.execute(
            f"copy (select array_to_string({steps}, ' > ') as path,"
            " cast(hash(i * 5) % 5 = 0 as bigint) as conversions, 1 - conversions as nulls"
            f" from range({rows}) as t (i)) to '{file}' (format parquet)"
        )
