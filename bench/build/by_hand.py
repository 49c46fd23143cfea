"""The reference: every model's SQL in order, by hand. Prints CPU seconds and GiB.

Nothing is sorted, checked, explained, protected, kept from the build before or copied.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.figures import cpu_seconds, gib
from pipeline.settings import Settings, load
from pipeline.warehouse import duckdb_engine
from pipeline.warehouse.model import read_models
from pipeline.warehouse.order import in_order

MOST_SPILLED = "30GB"
"""A plan gone wrong is to fail, not to fill the disk."""


def main(home: Path, folder: Path) -> None:
    """Make the tables of a home's lake in a database in a folder, which goes again."""
    settings = load(home=home)
    folder.mkdir()
    before = cpu_seconds()
    _build(settings, folder)
    print(json.dumps({"cpu": cpu_seconds() - before, "gib": gib()}))
    shutil.rmtree(folder)


def _build(settings: Settings, folder: Path) -> None:
    with duckdb_engine.connect(folder / "by_hand_.duckdb", settings) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"set temp_directory = '{folder / 'spill'}'")
        connection.execute(f"set max_temp_directory_size = '{MOST_SPILLED}'")
        duckdb_engine.prepare(connection, settings, "by hand")
        for dataset, files in _lake(settings):
            duckdb_engine.show_lake(connection, dataset, files)
        for model in in_order(read_models()):
            connection.execute(f"create table {model.name} as {model.consented(model.sql)}")


def _lake(settings: Settings) -> Iterator[tuple[str, list[Path]]]:
    """Give each dataset and its files, the one that only has the columns first."""
    for schema in sorted(settings.lake.glob("*/schema.parquet")):
        files = sorted(file for file in schema.parent.rglob("*.parquet") if file != schema)
        yield schema.parent.name, [schema, *files]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
