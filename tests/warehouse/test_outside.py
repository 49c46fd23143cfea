"""What may leave the bank: larger cells, round numbers, and no person's row left behind."""

import math
import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline import warehouse
from pipeline.errors import ConfigurationError
from pipeline.settings import Settings
from pipeline.warehouse.model import Model, read_models
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
        shares = connection.execute(
            "select share from published.attribution_models where share > 0"
        ).fetchall()
    assert len(counts) > 500
    assert {count % 5 for (count,) in counts} == {0}
    assert len(shares) > 50
    assert all(share == pytest.approx(float(f"{share:.1e}")) for (share,) in shares)


def test_a_rate_made_with_its_counts_is_of_the_round_ones_and_so_is_its_interval(
    home: Settings,
) -> None:
    """Two digits of 0.65, within 0.55 and 0.73, tell that 70 of 105 persons are 68."""
    rated = [model for model in read_models() if model.rates]
    found = 0
    with duckdb.connect(str(warehouse.for_outside(home).published_database)) as connection:
        for model in rated:
            for rate, over, by in model.rates:
                if not by:
                    continue
                columns = f"{rate}, {over}, {by}"
                interval = "rate_low" in model.columns
                columns += ", rate_low, rate_high" if interval else ""
                query = f"select {columns} from {model.name} where {rate} <> 0 and {by} > 0"
                for made, total, persons, *ends in connection.execute(query).fetchall():
                    found += 1
                    exact = float(total) / persons
                    assert float(made) == pytest.approx(exact, abs=0.0051 if exact > 1 else 1e-9)
                    if interval:
                        low, high = wilson(exact, persons)
                        assert ends == pytest.approx([low, high], abs=1e-9), model.name
    assert found > 200


def test_every_quotient_of_persons_made_beside_them_is_known_as_one(sample_run: Settings) -> None:
    """Whoever divides one column by another finds those that the header does not name."""
    with duckdb.connect(str(sample_run.published_database), read_only=True) as connection:
        for model in read_models():
            if model.schema == "published" and model.persons:
                named = {rate for rate, *_ in model.rates}
                assert quotients(connection, model) - named == set(), model.name


def test_a_rate_by_what_is_not_told_is_of_the_round_count_too(
    home: Settings, sample_run: Settings
) -> None:
    by_level = "select level, tier, unit_id, account_id, ordinary_customers, ordinary_per_1000"
    query = f"{by_level} from published.giveaway_weeks where ordinary_per_1000 > 0"
    rows = []
    for settings in (warehouse.for_outside(home), sample_run):
        with duckdb.connect(str(settings.published_database), read_only=True) as connection:
            rows.append({row[:4]: row[4:] for row in connection.execute(query).fetchall()})
    outside, inside = rows
    assert len(outside) >= 3
    for level, (persons, rate) in outside.items():
        exact, of_exact = inside[level]
        assert rate == pytest.approx(of_exact * persons / exact)


def quotients(connection: duckdb.DuckDBPyConnection, model: Model) -> set[str]:
    """Name the columns that are another one over a count of persons, wherever they are told."""
    kinds = {
        name: kind for name, kind, *_ in connection.execute(f"describe {model.name}").fetchall()
    }
    numbers = [n for n, kind in kinds.items() if kind.startswith(("DEC", "DOUBLE", "BIGINT"))]
    made = [n for n in numbers if kinds[n].startswith(("DEC", "DOUBLE")) and n[:5] != "rate_"]
    found = set()
    for name in made:
        unit = "0.00501" if kinds[name].startswith("DEC") else "1e-9"
        for by in model.persons:
            for over in set(numbers) - {name, by}:
                some, same = connection.execute(
                    f"select count(*), count(*) filter (abs({name} - {over} / cast({by} as double))"
                    f" <= {unit}) from {model.name} where {name} <> 0 and {over} <> 0 and {by} > 1"
                ).fetchone() or (0, 0)
                if same == some >= 3:
                    found.add(name)
    return found


def wilson(rate: float, n: int) -> tuple[float, float]:
    """Give the ends of Wilson's 95 % interval, by its textbook formula."""
    z = 1.959963984540054
    middle, wide = rate + z**2 / (2 * n), z * math.sqrt(rate * (1 - rate) / n + (z / (2 * n)) ** 2)
    return (
        max(0.0, (middle - wide) / (1 + z**2 / n)),
        min(1.0, (middle + wide) / (1 + z**2 / n)),
    )


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
