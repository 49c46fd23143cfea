"""Whether the analysis database can be written encrypted; nothing is built in plain instead."""

from pathlib import Path

import duckdb

from pipeline.errors import ConfigurationError

_PROBE = "only to see whether it can be written"


def refuse_plain(folder: Path) -> None:
    """Raise ConfigurationError, which says what DuckDB lacks, where encryption is asked for.

    folder: an empty one, to try it in. No DuckDB that this pipeline runs on writes encrypted files;
    one that does is named as such, so that nobody takes a plain file for an encrypted one.
    """
    probe = folder / "probe.duckdb"
    try:
        with duckdb.connect() as connection:
            connection.execute(f"attach '{probe}' as probe (encryption_key '{_PROBE}')")
            connection.execute("create table probe.written as select 1 as one")
        lacking = "写得了加密库，但本版本尚未支持 · can write it, this version does not use it yet"
    except duckdb.Error:
        lacking = "写不了加密库（只有只读的加密模块）· has a read-only crypto module"
    raise ConfigurationError(
        f"encrypt_analysis：DuckDB {duckdb.__version__} {lacking}\n"
        "  什么也没有建 · nothing was built; put the home on an encrypted disk (LUKS, or the\n"
        "  platform's own) and leave encrypt_analysis out: docs/PRIVACY.md"
    )
