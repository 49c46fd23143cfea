"""Open a database that a build left, for reading and nothing else."""

from pathlib import Path

import duckdb

from pipeline.errors import InputError


def opened(database: Path) -> duckdb.DuckDBPyConnection:
    """Open a database read-only, unable to reach other files or a network.

    The connection is closed by the `with` it stands in. InputError says what to run where there
    is no database yet, or one that cannot be opened.
    """
    if not database.is_file():
        raise InputError(f"还没有库 {database}：请先运行 funnel nightly（no database yet）")
    try:
        return duckdb.connect(
            str(database), read_only=True, config={"enable_external_access": False}
        )
    except (duckdb.Error, OSError) as error:
        raise InputError(f"库 {database} 打不开（cannot be opened）：{error}") from None
