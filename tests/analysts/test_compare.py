"""What moved between two published databases."""

import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline.analysts import compare
from pipeline.analysts.compare import Moved
from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.warehouse.model import read_models

GRAINS = {model.table: model.grain for model in read_models() if model.schema == "published"}


@pytest.fixture
def before(sample_run: Settings, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample_run.published_database, tmp_path / "before.duckdb"))


def changed(database: Path, *statements: str) -> None:
    with duckdb.connect(str(database)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_the_same_database_moved_nowhere(sample_run: Settings, before: Path) -> None:
    assert compare(before, sample_run.published_database, GRAINS) == []


def test_cells_that_differ_are_counted_with_the_largest_change(
    sample_run: Settings, before: Path
) -> None:
    bank = "level = 'bank' and week = '2026-W46'"
    changed(
        before,
        f"update published.subscriptions set orders = orders * 2 where {bank}",
        f"update published.subscriptions set rate_low = null where {bank}",
        "update published.mau_to_aum set reached_rate = reached_rate * (1 + 1e-12)",
    )
    with duckdb.connect(str(before), read_only=True) as connection:
        counted = connection.execute("select count(*) from published.subscriptions").fetchone()
    assert counted is not None
    assert compare(before, sample_run.published_database, GRAINS) == [
        Moved("subscriptions", "rate_low", 1, counted[0], None),
        Moved("subscriptions", "orders", 1, counted[0], 0.5),
    ]


def test_rows_that_came_or_went_are_counted(sample_run: Settings, before: Path) -> None:
    changed(
        before,
        "delete from published.follower_weeks where week = '2026-W46'",
        "insert into published.follower_weeks (week_starts, tier) values ('2000-01-03', 'line')",
    )
    with duckdb.connect(str(sample_run.published_database), read_only=True) as connection:
        ((came, all_rows),) = connection.execute(
            "select count(*) filter (week = '2026-W46'), count(*) from published.follower_weeks"
        ).fetchall()
    assert compare(before, sample_run.published_database, GRAINS) == [
        Moved("follower_weeks", None, came + 1, all_rows - came + 1)
    ]


def test_tables_and_columns_of_one_side_are_left_out(sample_run: Settings, before: Path) -> None:
    changed(
        before,
        "drop table published.subscriptions",
        "alter table published.card_clicks drop column reads",
        "create table published.other as select 1 as n",
    )
    assert compare(before, sample_run.published_database, GRAINS) == []


def test_a_file_that_is_no_database_is_refused(sample_run: Settings, tmp_path: Path) -> None:
    (file := tmp_path / "text.duckdb").write_text("no database")
    with pytest.raises(InputError, match="打不开"):
        compare(file, sample_run.published_database, GRAINS)
