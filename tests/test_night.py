"""A whole night over the sample: the same again, nothing personal left behind, nothing lost."""

import re
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline import ingest, report, warehouse
from pipeline import settings as configuration
from pipeline.ingest import IngestReport
from pipeline.settings import Settings

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
SHAPE = re.compile(rb"C\d{8}")


def night(settings: Settings) -> IngestReport:
    landed = ingest.run(settings)
    warehouse.build(settings)
    report.write(settings)
    return landed


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Give the settings of a second night, over a copy of the sample in another folder."""
    folder = tmp_path_factory.mktemp("else where")
    shutil.copytree(SAMPLE, folder / "样例")
    settings = configuration.load(
        folder / "样例" / "funnel.toml", home=folder / "home", reports=folder / "pages", threads=1
    )
    night(settings)
    return settings


def rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give every row of every table in the order the table holds them."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() order by 1"
        ).fetchall()
        return {
            name: connection.execute(f"select * from {name} order by rowid").fetchall()
            for (name,) in tables
        }


def files(*folders: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_night_in_another_folder_publishes_the_same_rows_in_the_same_order(
    sample_run: Settings, elsewhere: Settings
) -> None:
    here, there = rows(sample_run.published_database), rows(elsewhere.published_database)
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []


def test_the_same_night_in_another_folder_writes_the_same_pages_byte_for_byte(
    sample_run: Settings, elsewhere: Settings
) -> None:
    assert files(sample_run.reports) == files(elsewhere.reports)


def test_the_same_night_in_another_folder_lands_the_same_lake(
    sample_run: Settings, elsewhere: Settings
) -> None:
    here, there = files(sample_run.lake), files(elsewhere.lake)
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []


def test_a_second_night_over_the_same_files_changes_nothing(elsewhere: Settings) -> None:
    kept = (elsewhere.lake, elsewhere.quarantine, elsewhere.reports)
    before, tables = files(*kept), rows(elsewhere.analysis_database)
    landed = night(elsewhere)
    assert landed.outcomes["landed"] == 0
    assert landed.rows.delivered == 0
    assert files(*kept) == before
    assert rows(elsewhere.analysis_database) == tables
    assert not any(table.made for table in warehouse.build(elsewhere)), "nothing is built again"


def raw_ids() -> set[bytes]:
    """Give every customer id as the bank delivered it."""
    found: set[str] = set()
    for file in sorted((SAMPLE / "inbox" / "bank").rglob("*")):
        if file.suffix == ".parquet" and "customer_id" in pq.read_schema(file).names:
            found.update(pq.read_table(file, columns=["customer_id"])["customer_id"].to_pylist())
        elif file.suffix == ".csv" and file.name.startswith(("events", "balances", "consents")):
            frame = pd.read_csv(file, dtype=str, encoding_errors="replace")
            found.update(frame["customer_id"].dropna())
    return {customer_id.encode() for customer_id in found if customer_id}


def test_no_customer_id_of_the_bank_is_kept_anywhere(sample_run: Settings) -> None:
    ids = raw_ids()
    assert len(ids) > 5000
    assert all(SHAPE.fullmatch(customer_id) for customer_id in ids)
    kept = files(sample_run.home, sample_run.reports)
    assert {"analysis.duckdb", "funnel.duckdb", "2026-W46.html"} <= kept.keys()
    for name, content in kept.items():
        assert ids.isdisjoint(SHAPE.findall(content)), name
    # Parquet and DuckDB compress their columns: what they hold is looked at as text, too.
    for name in (name for name in kept if name.endswith(".parquet")):
        text = str(pq.read_table(sample_run.home / name).to_pydict())
        assert ids.isdisjoint(SHAPE.findall(text.encode())), name
    for name, table in rows(sample_run.analysis_database).items():
        assert ids.isdisjoint(SHAPE.findall(str(table).encode())), name


def test_every_row_that_was_delivered_is_accounted_for(sample_run: Settings) -> None:
    with duckdb.connect(str(sample_run.published_database), read_only=True) as connection:
        broken = connection.execute(
            "select dataset, account_id from published.data_freshness"
            " where delivered <> landed + repeated + refused"
        ).fetchall()
        published = connection.execute(
            "select dataset, sum(landed)::bigint from published.data_freshness"
            " where files > 0 group by all order by all"
        ).fetchall()
    assert broken == []
    for dataset, landed in published:
        parts = sorted((sample_run.lake / dataset).rglob("*.parquet"))
        assert sum(pq.read_metadata(part).num_rows for part in parts) == landed, dataset


def test_what_was_refused_waits_in_quarantine_with_its_reason(sample_run: Settings) -> None:
    with duckdb.connect(str(sample_run.published_database), read_only=True) as connection:
        ((refused,),) = connection.execute(
            "select sum(refused)::bigint from published.data_freshness"
        ).fetchall()
    held = [
        (row.dataset, row.source_file, row.source_sheet, row.source_line)
        for file in sorted(sample_run.quarantine.glob("*.jsonl"))
        for row in pd.read_json(file, lines=True, dtype=False).itertuples()
        if row.reason
    ]
    assert refused > 0
    assert len(set(map(str, held))) >= refused
