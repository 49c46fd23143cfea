"""The reference: DuckDB reads the three columns, the greatest of each. Prints CPU s and GiB."""

import json
import sys
from pathlib import Path

import duckdb

from bench.figures import cpu_seconds, gib


def main(events: Path) -> None:
    """Scan the file; the greatest key cannot be had of the file's statistics."""
    with duckdb.connect(config={"memory_limit": "1GB", "threads": 2}) as connection:
        connection.execute("set enable_progress_bar = false")
        before = cpu_seconds()
        connection.execute(
            f"select max(actor), max(epoch_us(ts)), max(event) from read_parquet('{events}')"
        ).fetchall()
        print(json.dumps({"cpu": cpu_seconds() - before, "gib": gib()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
