"""Open a database that a build left, for reading and nothing else."""

from pathlib import Path

import duckdb

from pipeline.errors import InputError


def opened(database: Path, *folders: Path) -> duckdb.DuckDBPyConnection:
    """Open a database read-only, unable to reach a network, or files but those of some folders.

    The connection is closed by the `with` it stands in. InputError says what to run where there
    is no database yet, or one that cannot be opened.
    """
    if not database.is_file():
        raise InputError(
            f"还没有库 {database}：请先运行 funnel nightly，或核对路径（no database yet）"
        )
    try:
        connection = duckdb.connect(str(database), read_only=True)
        readable = [str(folder.absolute()) for folder in folders]
        connection.execute("set allowed_directories = $readable", {"readable": readable})
        connection.execute("set enable_external_access = false")
        return connection
    except (duckdb.Error, OSError) as error:
        raise InputError(f"库 {database} 打不开（cannot be opened）：{error}") from None
