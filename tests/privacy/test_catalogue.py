"""The catalogue: every column of the lake is in it, and it says what may be read for what."""

import datetime as dt
from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from pipeline.ingest import sources
from pipeline.ingest.bank.comments import COMMENTS
from pipeline.ingest.ledger import _SCHEMA as LEDGER
from pipeline.ingest.waiting import WAITING_SCHEMA
from pipeline.privacy import catalogue
from pipeline.privacy.catalogue import OPEN, Catalogue, Kind, derived
from pipeline.settings import Settings

LAKE = {source.name: source.schema().names for source in sources()}
LAKE |= {"deliveries": LEDGER.names, "waiting_files": WAITING_SCHEMA.names}
EVENTS = """
[[columns]]
dataset = "bank_events"
names = ["region"]
c_level = "C2"
data_level = 4
purposes = ["regional_marketing"]
retention_days = 90
owner = "branches"
"""


NOTICE = '[purposes.channel_analytics]\nnotice_at_least = "{}"\n'


@pytest.fixture
def shipped(settings: Settings) -> Catalogue:
    return catalogue.read(settings)


def own(settings: Settings, text: str) -> Settings:
    """Give settings that name a catalogue of the bank's own."""
    settings.home.mkdir(parents=True, exist_ok=True)
    file = settings.home / "catalogue.toml"
    file.write_text(text, encoding="utf-8")
    return settings.model_copy(update={"catalogue": file})


def test_every_column_that_ingest_may_write_is_catalogued(shipped: Catalogue) -> None:
    shipped.insist(LAKE)


def test_nothing_is_catalogued_that_is_not_there() -> None:
    file = catalogue._File.model_validate(catalogue._parsed(catalogue.SHIPPED))
    named = [(columns.dataset, name) for columns in file.columns for name in columns.names]
    assert len(named) == len(set(named)), "a column stands once"
    every = {name for names in LAKE.values() for name in names}
    assert [
        pair for pair in named if pair[1] not in (every if pair[0] == "*" else LAKE[pair[0]])
    ] == []


def test_whatever_comes_with_a_person_is_for_purposes_by_name(shipped: Catalogue) -> None:
    persons = [source for source in sources() if source.identities]
    persons.remove(COMMENTS)  # its token is of a comment, whose account is no secret
    assert len(persons) == 6
    for source in persons:
        of_source = [part for part in source.schema().names if part not in ORIGIN]
        kinds = [shipped.kind(source.name, name) for name in of_source]
        assert {kind.c_level for kind in kinds if kind} == {"C2"}, source.name
        assert all(kind and kind.purposes for kind in kinds), source.name


ORIGIN = ("exported_at", "source_file", "source_sheet", "source_line", "delivery_id")


def test_a_column_that_is_not_there_is_refused_by_name(shipped: Catalogue) -> None:
    with pytest.raises(ConfigurationError, match=r"1 列.*：bank_events\.device_id\n.*catalogue"):
        shipped.insist({"bank_events": ["event_id", "device_id", "source_file"]})


def test_no_shipped_purpose_is_enabled_before_the_bank_has_assessed_it(
    settings: Settings, shipped: Catalogue
) -> None:
    assert shipped.purposes
    assert not any(purpose.is_enabled(settings.as_of) for purpose in shipped.purposes.values())


def test_a_purpose_counts_until_the_last_day_of_its_assessment(settings: Settings) -> None:
    given = '[purposes.channel_analytics]\npia_id = "PIA-1"\nvalid_until = 2026-11-16\n'
    purpose = catalogue.read(own(settings, given)).purposes["channel_analytics"]
    assert purpose.title.startswith("渠道经营分析"), "the rest is as it ships"
    assert purpose.is_enabled(dt.date(2026, 11, 16))
    assert not purpose.is_enabled(dt.date(2026, 11, 17))


def test_notices_are_ordered_by_the_numbers_in_their_names(settings: Settings) -> None:
    def notice(name: str) -> tuple[int, int] | None:
        found = catalogue.read(own(settings, NOTICE.format(name)))
        return found.purposes["channel_analytics"].notice

    assert notice("2025-12") < notice("2026.1") == notice("v2026-01") < notice("2026.10")
    assert notice("3") == (3, 0)


def test_the_banks_word_counts_before_the_shipped_one(settings: Settings) -> None:
    given = '[purposes.regional_marketing]\ntitle = "x"\nversion = "1"\nconsent = "separate"\n'
    found = catalogue.read(own(settings, given + EVENTS))
    assert found.kind("bank_events", "region") == Kind("C2", 4, frozenset({"regional_marketing"}))
    purposes = frozenset({"channel_analytics", "customer_outreach"})
    assert found.kind("bank_events", "amount") == Kind("C2", 3, purposes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (EVENTS, "用途 regional_marketing 没有定义"),
        ("purposes = ", "expected TOML"),
        ("[purposes.x]\ntitle = 'x'", "purposes.x.version: Field required"),
        (EVENTS.replace('"C2"', '"C3"'), "c_level: Input should be 'C1' or 'C2'"),
        (EVENTS.replace("4", "6"), "data_level"),
        ("[purposes.'o''x']\ntitle = 'x'", "catalogue.toml"),
        (NOTICE.format("soon"), "notice_at_least: String should match"),
        (EVENTS + 'colour = "red"', "colour: Extra inputs"),
    ],
)
def test_a_catalogue_that_is_wrong_is_refused_with_where(
    settings: Settings, text: str, said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said) as error:
        catalogue.read(own(settings, text))
    assert "catalogue.toml" in str(error.value)


def test_a_catalogue_that_is_not_there_is_refused(settings: Settings) -> None:
    lost = settings.model_copy(update={"catalogue": Path("nowhere.toml")})
    with pytest.raises(ConfigurationError, match=r"nowhere\.toml 读不了"):
        catalogue.read(lost)


def test_what_is_made_of_several_has_the_highest_level_and_the_purposes_they_share() -> None:
    one = Kind("C1", 4, frozenset({"a", "b"}))
    other = Kind("C2", 3, frozenset({"b", "c"}))
    assert derived([one, other, OPEN]) == Kind("C2", 4, frozenset({"b"}))
    assert derived([one, Kind("C1", 1, frozenset({"c"}))]).purposes == frozenset(), "none at all"
    assert derived([]) == OPEN
    assert not derived([one, other]).covers("a")
