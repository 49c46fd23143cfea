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
from pipeline.warehouse.access import permit, seen
from pipeline.warehouse.reading import Refused

OWN = """
[purposes.channel_analytics]
pia_id = "PIA-2026-01"
valid_until = 2026-11-16

[purposes.customer_outreach]
pia_id = "PIA-2026-04"
valid_until = 2027-12-31

[purposes.post_loan_care]
pia_id = "PIA-2026-05"
valid_until = 2027-12-31

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
purposes = ["consent_management", "channel_analytics", "customer_outreach", "marketing"]
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
        ("channel_analytics", "select persons from published.weekly_funnel"),
        ("channel_analytics", "select day from core.link_days"),
        ("content_analytics", "select title from core.post_titles"),
        ("content_analytics", "select week, persons from published.weekly_funnel"),
    ],
)
def test_what_a_purpose_covers_and_is_nobodys_is_answered_as_it_is_asked(
    bank: Settings, purpose: str, query: str
) -> None:
    assert permit(bank, query, purpose).lower() == query


@pytest.mark.parametrize(
    ("purpose", "table", "token"),
    [
        ("channel_analytics", "core.touches", "customer_token"),
        ("channel_analytics", "staging.known_customers", "customer_token"),
        ("marketing", "staging.bank_consents", "customer_token"),
        ("post_loan_care", "staging.bank_merchant_weeks", "merchant_token"),
    ],
)
def test_rows_of_persons_are_cut_down_to_who_agreed_to_the_purpose(
    bank: Settings, purpose: str, table: str, token: str
) -> None:
    """Some tables hold everybody, to count who is left out."""
    assert permit(bank, f"select {token} from {table}", purpose).endswith(
        f" FROM {table} WHERE {token} IS NULL OR {token} IN (SELECT customer_token FROM"
        f" staging.valid_consents WHERE purpose = '{purpose}')) AS {table.partition('.')[2]}"
    )


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


def test_a_star_takes_the_columns_that_the_purpose_covers(bank: Settings) -> None:
    """Balances are not open to it, so whether they make a month stable is not either."""
    listed = {each.table: each for each in seen(bank, "customer_outreach")}
    table = listed["core.lifecycle_months"]
    assert table.left_out, "a table of which a part is seen"
    asked = permit(bank, "select * from core.lifecycle_months", "customer_outreach")
    assert f"SELECT {', '.join(table.columns)} FROM core.lifecycle_months" in asked
    for name in table.left_out:
        named = f"select {name} from core.lifecycle_months"
        assert rule(bank, named, "customer_outreach") == "not_covered"


def test_what_is_listed_can_be_asked_and_nothing_else_can(bank: Settings) -> None:
    for purpose in ("content_analytics", "customer_outreach"):
        listed = {each.table for each in seen(bank, purpose)}
        for table in ("core.touches", "core.link_days", "core.stages", "core.customer_assets"):
            if table in listed:
                assert permit(bank, f"select * from {table}", purpose)
            else:
                assert rule(bank, f"select * from {table}", purpose).startswith("not_")


def test_what_is_not_covered_is_named_and_not_what_was_asked(bank: Settings) -> None:
    asked = "select 1 as x from core.touches where customer_token = '13800138000'"
    with pytest.raises(Refused, match=r"不包括 core\.touches\.customer_token") as refused:
        permit(bank, asked, "content_analytics")
    assert "13800138000" not in str(refused.value)


def test_a_purpose_nobody_declared_is_refused(bank: Settings) -> None:
    assert rule(bank, "select 1 as x", "curiosity") == "unknown_purpose"


def test_a_purpose_without_an_assessment_is_refused(bank: Settings) -> None:
    assert rule(bank, "select 1 as x", "consent_management") == "purpose_disabled"


def test_a_purpose_ends_with_its_assessment(bank: Settings) -> None:
    assert permit(bank, "select 1 as x", "channel_analytics")
    later = bank.model_copy(update={"as_of": dt.date(2026, 11, 17)})
    assert rule(later, "select 1 as x", "channel_analytics") == "purpose_disabled"


def test_who_refused_to_be_addressed_is_left_out_of_what_reaches_people(bank: Settings) -> None:
    lists = "select customer_token from core.funnel_persons where funnel = 'wealth'"
    assert "staging.reachable_customers WHERE purpose = 'customer_outreach'" in permit(
        bank, lists, "customer_outreach"
    )
    posts = "select title from core.post_titles"
    assert permit(bank, posts, "customer_outreach").lower() == posts, "nobody is in it"


def test_counts_that_cannot_be_cut_down_are_refused(bank: Settings) -> None:
    query = "select day from core.link_days"
    assert rule(bank, query, "customer_outreach") == "not_consented"


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


def test_a_bank_that_insists_on_purposes_builds_for_assessed_ones_alone(bank: Settings) -> None:
    strict = bank.model_copy(update={"purpose_required": True, "as_of": dt.date(2026, 11, 17)})
    with pytest.raises(ConfigurationError, match="channel_analytics 没有有效的影响评估，不建模"):
        warehouse.build(strict)
    assert not bank.analysis_database.exists()
