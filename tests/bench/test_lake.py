"""The bank's year that benchmarks build from: the same each time, and as ingest would land it."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.ingest.events import write_events
from bench.lake import add_day, deliver, write_year
from bench.lake.events import events
from bench.lake.year import DAYS, Scale
from pipeline import ingest
from pipeline.settings import Settings, load

ROWS = 20_000


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("year")
    write_year(folder, ROWS)
    add_day(folder, ROWS)
    return folder


def _events(home: Path) -> list[Path]:
    return sorted((home / "lake" / "bank_events").glob("day=*/*.parquet"))


def test_the_same_size_gives_the_same_bytes(home: Path, tmp_path: Path) -> None:
    write_year(tmp_path, ROWS)
    add_day(tmp_path, ROWS)
    files = {file.relative_to(home) for file in home.rglob("*.*")}
    assert files == {file.relative_to(tmp_path) for file in tmp_path.rglob("*.*")}
    for file in files:
        if (home / file).is_file():
            assert (home / file).read_bytes() == (tmp_path / file).read_bytes()


def test_a_year_has_a_delivery_of_events_a_day_and_as_many_as_asked_for(home: Path) -> None:
    days = [file.parent.name for file in _events(home)]
    assert days[0] == "day=2025-11-18" and days[-1] == "day=2026-11-18"
    assert len(days) == len(set(days)) == 366
    assert sum(pq.read_metadata(file).num_rows for file in _events(home)[:365]) == ROWS
    assert load(home=home).as_of.isoformat() == "2026-11-19"


@pytest.mark.parametrize("rows_of_a_large_file", [40_000, 1])
def test_events_are_written_as_ingest_writes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows_of_a_large_file: int
) -> None:
    """From some size on, ingest writes in another way."""
    monkeypatch.setattr(deliver, "ROWS_OF_A_LARGE_FILE", rows_of_a_large_file)
    with deliver.Deliveries(tmp_path / "drawn") as bank:
        bank.deliver_on("bank_events", 0, events(Scale(2_000 * DAYS), 0, 100))
    other = tmp_path / "ingested"
    (other / "inbox").mkdir(parents=True)
    write_events(other / "inbox" / "events.csv", 2_000)
    stream_from = 4 * 1024**2 if rows_of_a_large_file > 1 else 0
    ingest.run(Settings(home=other, token_key="k" * 32, stream_from_bytes=stream_from))
    drawn, ingested = (
        pq.ParquetFile(_events(home)[0]) for home in (tmp_path / "drawn", tmp_path / "ingested")
    )
    assert drawn.schema_arrow.equals(ingested.schema_arrow, check_metadata=True)
    assert drawn.schema.equals(ingested.schema)
    assert _written(drawn) == _written(ingested)


def _written(file: pq.ParquetFile) -> list[tuple[str, str, bool, bool]]:
    group = file.metadata.row_group(0)
    columns = [group.column(i) for i in range(group.num_columns)]
    return [
        (c.path_in_schema, c.compression, c.has_dictionary_page, c.is_stats_set) for c in columns
    ]


def test_tokens_are_those_of_one_person_in_every_dataset(home: Path) -> None:
    tokens = {
        name: set(_column(home, name, "customer_token"))
        for name in ("bank_events", "bank_consents", "bank_balances")
    }
    people = tokens["bank_consents"] | tokens["bank_events"]
    assert len(people - {None}) == ROWS // 50
    assert tokens["bank_balances"] < people


def _column(home: Path, dataset: str, column: str) -> list[object]:
    files = (home / "lake" / dataset).glob("*/*.parquet")
    tables = [pq.ParquetFile(file).read(columns=[column]) for file in files]
    return list(pa.concat_tables(tables)[column].to_pylist())
