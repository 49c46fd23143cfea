"""How far each database source has been read, kept so that it counts with its delivery's commit.

Each delivery of a source leaves `database_reads/<source>/<delivery>.parquet` before its commit: up
to which watermark the source is read, and the marks of the rows that the next read will meet
again. A file whose delivery the ledger does not know counts for nothing and is removed with the
other leftovers of a killed run; so nothing is passed over that did not land.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest.container import FileRefused
from pipeline.ingest.database.watermark import KINDS, Kind, text
from pipeline.ingest.files import write_parquet
from pipeline.privacy.row_marks import MARK_BYTES

READS = "database_reads"


@dataclass(frozen=True)
class State:
    """What has been read of a source.

    number: counts its deliveries; column, kind: of the watermark; upto: the greatest one read.
    marks: of the rows read last from `upto` less the lookback on.
    """

    number: int
    column: str
    kind: Kind
    upto: Any
    marks: frozenset[bytes]


def last_state(lake: Path, source: str, committed: Collection[str]) -> State | None:
    """Give the state that the last committed delivery of a source left; None before the first."""
    files = [file for file in _folder(lake, source).glob("*.parquet") if file.stem in committed]
    states = [_read(file) for file in files]
    return max(states, key=lambda state: state.number, default=None)


def write_state(lake: Path, source: str, delivery_id: str, state: State) -> None:
    """Write the state that counts once the delivery is committed."""
    about = {
        "number": str(state.number),
        "column": state.column,
        "kind": state.kind.words,
        "upto": text(state.upto),
    }
    schema = pa.schema([("mark", pa.binary(MARK_BYTES))], metadata=about)
    marks = pa.array(sorted(state.marks), pa.binary(MARK_BYTES))
    write_parquet(
        _folder(lake, source) / f"{delivery_id}.parquet", pa.table([marks], schema=schema)
    )


def drop_earlier(lake: Path, source: str, delivery_id: str) -> None:
    """Remove what the deliveries before a committed one left."""
    for file in _folder(lake, source).glob("*.parquet"):
        if file.stem != delivery_id:
            file.unlink()


def refuse_other_column(state: State, column: str, kind: Kind, source: str) -> None:
    """Refuse to go on with a watermark that cannot be compared with the last one."""
    if (state.column, state.kind) != (column, kind):
        raise FileRefused(
            f"{kind.words} in the column {column} for a watermark, where the last read ended at "
            f"{state.column} {text(state.upto)}",
            f"the column {state.column} with {state.kind.words}",
            f"give the source another name, or delete lake/{READS}/{source}: either reads it anew",
        )


def _folder(lake: Path, source: str) -> Path:
    return lake / READS / source


def _read(file: Path) -> State:
    table = pq.ParquetFile(file).read()
    about = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    kind = KINDS[about["kind"]]
    marks = frozenset(table["mark"].to_pylist())
    return State(int(about["number"]), about["column"], kind, kind.parse(about["upto"]), marks)
