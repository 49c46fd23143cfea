"""What may leave the bank: larger cells, round numbers, and no person's row left behind."""

import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline import warehouse
from pipeline.errors import ConfigurationError
from pipeline.settings import Settings
from pipeline.warehouse.model import read_models
from pipeline.warehouse.outside import drafts
from tests.privacy.recovery import numbers


@pytest.fixture(scope="module")
def home(sample_run: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with the sample's lake, and what was made of it for outside."""
    settings = sample_run.model_copy(update={"home": tmp_path_factory.mktemp("outside")})
    settings.lake.symlink_to(sample_run.lake)
    warehouse.build_for_outside(settings)
    return settings


def test_every_count_of_persons_is_none_or_fifty_and_round(home: Settings) -> None:
    shown = numbers(warehouse.for_outside(home).published_database)
    counted = [number for number in shown.values() if number]
    assert min(counted) == 50
    assert {number % 5 for number in counted} == {0}
    assert len(counted) > 500


def test_rates_are_of_the_round_numbers(home: Settings) -> None:
    with duckdb.connect(str(warehouse.for_outside(home).published_database)) as connection:
        rows = connection.execute(
            "select cohort_size, active, bounded_rate from published.retention"
            " where bounded_rate is not null"
        ).fetchall()
    assert len(rows) > 100
    assert all(rate == active / size for size, active, rate in rows)


def test_no_count_or_rate_beside_tells_the_exact_number(home: Settings) -> None:
    with duckdb.connect(str(warehouse.for_outside(home).published_database)) as connection:
        counts = connection.execute(
            "select conversions from published.attribution where conversions > 0"
            " union all select conversions from published.attribution_models"
            " where conversions > 0"
            " union all select credits from published.attribution_models"
            " where rule = 'last_touch' and credits >= 50"
            " union all select orders from published.subscriptions where orders > 0"
            " union all select applications from published.card_approvals where applications > 0"
        ).fetchall()
        rates = connection.execute(
            "select penetration from published.product_penetration where penetration > 0"
            " union all select rate_low from published.mau_to_aum where rate_low > 0"
            " union all select applicant_rate from published.card_clicks where applicant_rate > 0"
        ).fetchall()
    assert len(counts) > 500
    assert {count % 5 for (count,) in counts} == {0}
    assert len(rates) > 50
    assert all(rate == pytest.approx(float(f"{rate:.1e}")) for (rate,) in rates)


def test_it_has_the_tables_of_the_inside_and_says_its_thresholds(
    home: Settings, sample_run: Settings
) -> None:
    tables = []
    for settings in (warehouse.for_outside(home), sample_run):
        with duckdb.connect(str(settings.published_database), read_only=True) as connection:
            tables.append(connection.execute("from duckdb_tables() select table_name").fetchall())
            said = connection.execute(
                "from published.parameters select value where name in ('small_cell', 'rounded_to')"
                " order by name"
            ).fetchall()
    assert sorted(tables[0]) == sorted(tables[1])
    assert len(tables[0]) == sum(model.schema == "published" for model in read_models())
    assert said == [("1",), ("10",)]


def test_no_table_of_persons_is_left(home: Settings) -> None:
    assert not drafts(home).exists()
    left = {file.relative_to(home.home) for file in home.home.rglob("*") if file.is_file()}
    assert left == {Path("outside/funnel.duckdb")}


def test_what_a_killed_run_left_goes_with_an_erasure(home: Settings) -> None:
    drafts(home).mkdir()
    (drafts(home) / "analysis.duckdb").write_bytes(b"tokens")
    warehouse.forget(home)
    assert not drafts(home).exists()


def test_a_run_that_fails_leaves_the_file_of_the_last(home: Settings, tmp_path: Path) -> None:
    outside = warehouse.for_outside(home).published_database
    copy = home.model_copy(update={"home": tmp_path})
    kept = warehouse.for_outside(copy).published_database
    kept.parent.mkdir()
    shutil.copy(outside, kept)
    with pytest.raises(Exception, match="lake is empty"):
        warehouse.build_for_outside(copy)
    assert kept.read_bytes() == outside.read_bytes()
    assert not drafts(copy).exists()


def test_spark_is_refused(home: Settings) -> None:
    with pytest.raises(ConfigurationError, match="DuckDB"):
        warehouse.build_for_outside(home.model_copy(update={"engine": "spark"}))


def test_the_checks_allow_for_what_is_rounded(sample_run: Settings, tmp_path: Path) -> None:
    parameters = sample_run.parameters.model_copy(update={"small_cell": 2, "rounded_to": 5})
    settings = sample_run.model_copy(update={"home": tmp_path, "parameters": parameters})
    settings.lake.symlink_to(sample_run.lake)
    warehouse.build(settings)
    assert settings.published_database.is_file()
