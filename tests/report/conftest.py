import duckdb
import pytest

from pipeline.report.facts import Facts, load, load_month
from pipeline.settings import Settings
from tests.report.published_database import draw


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    draw(folder / "funnel.duckdb")
    return folder


@pytest.fixture
def settings(home, tmp_path) -> Settings:
    return Settings(home=home, reports=tmp_path / "reports")


@pytest.fixture(scope="session")
def facts(home) -> Facts:
    with duckdb.connect(str(home / "funnel.duckdb"), read_only=True) as connection:
        return load(connection)


@pytest.fixture(scope="session")
def month(home) -> Facts:
    with duckdb.connect(str(home / "funnel.duckdb"), read_only=True) as connection:
        return load_month(connection, "2026-10")
