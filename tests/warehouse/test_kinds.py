"""Columns of tables are as sensitive as what they are made of, down to the lake."""

import pytest

from pipeline.ingest import sources
from pipeline.ingest.land import write_schemas
from pipeline.privacy import catalogue
from pipeline.settings import load
from pipeline.warehouse.kinds import Kinds


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Kinds:
    settings = load(home=tmp_path_factory.mktemp("home"), as_of="2026-11-16")
    write_schemas(settings.lake, sources())
    return Kinds(settings, catalogue.read(settings))


def covers(kinds: Kinds, column: str) -> set[str]:
    names = ("channel_analytics", "customer_outreach", "post_loan_care", "content_analytics")
    return {name for name in names if kinds.of(column).covers(name)}


@pytest.mark.parametrize(
    ("column", "purposes"),
    [
        ("staging.bank_events.amount", {"channel_analytics", "customer_outreach"}),
        ("core.touches.customer_token", {"channel_analytics", "customer_outreach"}),
        ("core.merchant_checks.merchant_token", {"post_loan_care"}),
        ("core.customer_assets.band", {"channel_analytics"}),
        (
            "staging.valid_consents.customer_token",
            {"channel_analytics", "customer_outreach", "post_loan_care"},
        ),
    ],
)
def test_a_person_is_for_the_purposes_of_what_tells_of_them(
    kinds: Kinds, column: str, purposes: set[str]
) -> None:
    assert covers(kinds, column) == purposes
    assert kinds.of(column).c_level == "C2"


@pytest.mark.parametrize(
    "column", ["core.customer_months.is_stable", "core.account_months.stable_mau"]
)
def test_a_flag_of_a_person_and_a_count_of_such_flags_tell_of_persons(
    kinds: Kinds, column: str
) -> None:
    """Neither is made of a person's column: whether months follow each other."""
    assert covers(kinds, column) == {"channel_analytics", "customer_outreach"}


@pytest.mark.parametrize(
    "column",
    [
        "staging.douyin_works.plays",
        "core.post_titles.title",
        "core.stages.stage",
        "published.weekly_funnel.persons",
        "settings.parameters.small_cell",
    ],
)
def test_posts_settings_and_published_counts_are_open_to_every_purpose(
    kinds: Kinds, column: str
) -> None:
    assert len(covers(kinds, column)) == 4
    assert kinds.of(column).c_level == "C1"


def test_every_column_of_a_table_with_a_token_is_closed_to_content_analysis(kinds: Kinds) -> None:
    """The oracle is the tables' own columns: where a token stands, every row is of a person."""
    tables = {
        name: columns
        for name, columns in kinds.tables.items()
        if any(column.endswith("_token") for column in columns)
    }
    assert len(tables) > 30
    assert [
        f"{name}.{column}"
        for name, columns in tables.items()
        for column in columns
        if kinds.of(f"{name}.{column}").covers("content_analytics")
    ] == []


def test_every_column_of_every_table_has_a_kind(kinds: Kinds) -> None:
    found = {
        name: kinds.of(f"{name}.{column}")
        for name, columns in kinds.tables.items()
        for column in columns
    }
    assert len(found) > 180
    assert [name for name, kind in found.items() if kind.purposes == frozenset()] == []
