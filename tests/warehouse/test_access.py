"""A purpose reads what it covers, of persons who agreed to it, while its assessment is valid."""

import datetime as dt

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import warehouse
from pipeline.errors import ConfigurationError
from pipeline.ingest import sources
from pipeline.ingest.land import write_schemas
from pipeline.settings import Settings, load
from pipeline.warehouse.access import permit
from pipeline.warehouse.reading import Refused

OWN = """
[purposes.channel_analytics]
pia_id = "PIA-2026-01"
valid_until = 2026-11-16

[purposes.content_analytics]
pia_id = "PIA-2026-02"
valid_until = 2027-12-31

[purposes.marketing]
title = "营销触达"
version = "1"
consent = "separate"
pia_id = "PIA-2026-03"
valid_until = 2027-12-31

[[columns]]
dataset = "bank_consents"
names = ["customer_token", "purpose", "occurred_at", "action"]
c_level = "C2"
data_level = 3
purposes = ["consent_management", "channel_analytics", "post_loan_care", "marketing"]
retention_days = 0
owner = "data protection"
"""


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("bank")
    (home / "own.toml").write_text(OWN, encoding="utf-8")
    settings = load(home=home, as_of="2026-11-16", catalogue=home / "own.toml")
    write_schemas(settings.lake, sources())
    return settings


def rule(settings: Settings, query: str, purpose: str) -> str:
    with pytest.raises(Refused) as refused:
        permit(settings, query, purpose)
    return refused.value.rule


@pytest.mark.parametrize(
    ("purpose", "query"),
    [
        ("channel_analytics", "select customer_token, touched_on from core.touches"),
        ("channel_analytics", "select persons from published.weekly_funnel"),
        ("content_analytics", "select title from core.post_titles"),
        ("content_analytics", "select week, persons from published.weekly_funnel"),
    ],
)
def test_what_a_purpose_covers_is_answered(bank: Settings, purpose: str, query: str) -> None:
    assert permit(bank, query, purpose).lower() == query


@pytest.mark.parametrize(
    "query",
    [
        "select customer_token from core.touches",
        "select count(*) as n from core.touches",
        "select title from core.post_titles where exists (select 1 from core.clicks)",
        "select stable_mau from core.account_months",
        "select p.title from core.post_titles as p join staging.bank_links as l on true"
        " where (select max(aum) from staging.bank_balances) > 0",
    ],
)
def test_content_analysis_reaches_no_person_however_it_asks(bank: Settings, query: str) -> None:
    assert rule(bank, query, "content_analytics") == "not_covered"


def test_what_is_not_covered_is_named_and_not_what_was_asked(bank: Settings) -> None:
    asked = "select 1 as x from core.touches where customer_token = '13800138000'"
    with pytest.raises(Refused, match=r"不包括 core\.touches\.customer_token") as refused:
        permit(bank, asked, "content_analytics")
    assert "13800138000" not in str(refused.value)


def test_a_purpose_nobody_declared_is_refused(bank: Settings) -> None:
    assert rule(bank, "select 1 as x", "curiosity") == "unknown_purpose"


def test_a_purpose_without_an_assessment_is_refused(bank: Settings) -> None:
    assert rule(bank, "select 1 as x", "post_loan_care") == "purpose_disabled"


def test_a_purpose_ends_with_its_assessment(bank: Settings) -> None:
    assert permit(bank, "select 1 as x", "channel_analytics")
    later = bank.model_copy(update={"as_of": dt.date(2026, 11, 17)})
    assert rule(later, "select 1 as x", "channel_analytics") == "purpose_disabled"


def test_rows_of_persons_are_for_the_purpose_they_agreed_to(bank: Settings) -> None:
    """The columns are covered; the rows are of those who agreed to something else."""
    query = "select purpose from staging.bank_consents"
    assert rule(bank, query, "marketing") == "not_consented"
    asked = bank.parameters.model_copy(update={"consent_purpose": "marketing"})
    assert permit(bank.model_copy(update={"parameters": asked}), query, "marketing")


def test_a_column_that_is_not_catalogued_stops_a_build_by_name(
    settings: Settings,
) -> None:
    write_schemas(settings.lake, sources())
    file = settings.lake / "bank_events" / "schema.parquet"
    table = pq.read_table(file)
    pq.write_table(table.append_column("device_id", pa.array([], pa.string())), file)
    with pytest.raises(ConfigurationError, match=r"bank_events\.device_id"):
        warehouse.build(settings)
    assert not settings.analysis_database.exists()
