"""Weeks and months of core models: built again where rows of the days they see changed."""

import copy
import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline import warehouse
from pipeline.ingest.land import remove_rows
from pipeline.settings import Settings, load
from pipeline.warehouse.explain import explain
from pipeline.warehouse.model import read_models
from pipeline.warehouse.parts import EMPTY
from pipeline.warehouse.spans import label
from tests.conftest import KEY
from tests.warehouse.bank import AS_OF, DAY, Bank, Deliveries

ANNA, BEN, CARA, DORA = (bytes([number] * 16) for number in (1, 2, 3, 4))
MONDAY = dt.date(2026, 8, 3)
WEEKS = 15
PARTED = {model.name: model for model in read_models() if model.per}


class Weekly(Deliveries):
    """Customers who log in every Wednesday; Anna comes every Monday, each time under a new code.

    Dora came once, in the first week, by a link.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.consent(ANNA, BEN, CARA, DORA)
        self.deliver("bank_links", [link("registered")])
        events = [self.of(DORA, "arrival", noon(MONDAY), source_code="registered")]
        for week in range(WEEKS):
            monday = MONDAY + 7 * week * DAY
            code = label("week", monday)
            events.append(self.of(ANNA, "arrival", noon(monday), source_code=code))
            events += [self.of(who, "login", noon(monday + 2 * DAY)) for who in (ANNA, BEN)]
        self.deliver("bank_events", events)

    def consent(self, *people: bytes, action: str = "grant", on: dt.date = MONDAY) -> None:
        known = {"purpose": "channel_analytics", "separate": True, "notice_version": "1"}
        happened = {"action": action, "occurred_at": noon(on)}
        rows = [{"customer_token": who, **known, **happened} for who in people]
        self.deliver("bank_consents", rows)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(4))


def link(code: str) -> dict[str, object]:
    return {"source_code": code, "account_id": "cards", "product_line": "card", "entry": "post"}


def weeks(first: str, last: str) -> set[str]:
    """Name the weeks from one that starts on a Monday to one that does."""
    monday, names = dt.date.fromisoformat(first), set()
    while monday <= dt.date.fromisoformat(last):
        names.add(label("week", monday))
        monday += 7 * DAY
    return names


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Weekly]:
    settings = load(home=tmp_path_factory.mktemp("weekly"), as_of=str(AS_OF), token_key=KEY)
    weekly = Weekly(settings)
    warehouse.build(settings)
    return settings.home, weekly


@pytest.fixture
def bank(settings: Settings, first_night: tuple[Path, Weekly]) -> Weekly:
    """A bank of which one night is built; what it delivers next is for the test to say."""
    home, weekly = first_night
    shutil.copytree(home, settings.home)
    mine = copy.copy(weekly)
    mine.lake = settings.lake
    return mine


def parts(settings: Settings) -> set[tuple[str, str]]:
    return {(file.parent.name, file.name) for file in settings.parts.glob("*/[!.]*.parquet")}


def made(settings: Settings) -> dict[str, set[str]]:
    """Build; give the parts that were made, by their models."""
    before = parts(settings)
    built = {table.name: table.made for table in warehouse.build(settings)}
    found: dict[str, set[str]] = {name: set() for name in PARTED}
    for model, file in parts(settings) - before:
        found[model].add(file.split(".")[0])
    assert {name: len(labels) for name, labels in found.items()} == {
        name: count for name, count in built.items() if name in PARTED
    }
    return found


def ask(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(settings.analysis_database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_late_event_rebuilds_the_weeks_whose_windows_reach_it_and_no_others(
    settings: Settings, bank: Weekly
) -> None:
    # A Wednesday. The weeks after it see touches of 30 days before, those before it events of
    # 30 days after; its own week's part of touches begins on the 14th and ends on the 20th.
    click = bank.of(ANNA, "click", noon(dt.date(2026, 9, 16)), source_code="registered")
    bank.deliver("bank_events", [click])
    found = made(settings)
    own = {"week=2026-W38"}
    assert found["staging.bank_events"] == {"day=2026-09-16"}
    assert found["core.touches"] == found["core.clicks"] == found["core.arrival_weeks"] == own
    after = weeks("2026-09-14", "2026-10-19")
    assert found["core.login_days"] == found["core.attributed_events"] == after
    assert found["core.arrival_chains"] == weeks("2026-08-17", "2026-09-14")
    assert found["core.followed_clicks"] == own


def test_months_are_built_again_from_the_first_whose_logins_changed(
    settings: Settings, bank: Weekly
) -> None:
    click = bank.of(ANNA, "click", noon(dt.date(2026, 9, 16)), source_code="registered")
    bank.deliver("bank_events", [click])
    found = made(settings)
    assert found["core.login_months"] == {"month=2026-09", "month=2026-10"}
    later = {"month=2026-09", "month=2026-10", "month=2026-11"}
    assert found["core.customer_months"] == found["core.account_months"] == later
    assert found["core.month_aum"] == set()


def test_a_new_link_rebuilds_the_weeks_that_carry_its_code(
    settings: Settings, bank: Weekly
) -> None:
    bank.deliver("bank_links", [link("week=2026-W38"), link("never-used")])
    found = made(settings)
    assert found["core.touches"] == {"week=2026-W38"}
    assert found["core.clicks"] == {"week=2026-W38"}
    assert found["core.login_days"] == weeks("2026-09-14", "2026-10-19")
    assert found["core.arrival_weeks"] == set()


def test_a_link_that_no_event_carries_rebuilds_no_part(settings: Settings, bank: Weekly) -> None:
    bank.deliver("bank_links", [link("never-used")])
    assert not any(made(settings).values())


def test_a_withdrawal_of_consent_rebuilds_what_was_counted_and_no_rows_of_persons(
    settings: Settings, bank: Weekly
) -> None:
    counted = "select sum(mau) from core.account_months"
    logins = "select count(distinct customer_token) from core.login_days"
    assert (ask(settings, counted), ask(settings, logins)) == ([(8,)], [(2,)])
    bank.consent(BEN, action="withdraw", on=dt.date(2026, 11, 1))
    found = made(settings)
    for name, model in PARTED.items():
        if model.schema == "core" and model.consent:
            assert not found[name], name
    months = {f"month=2026-{month:02d}" for month in (8, 9, 10, 11)}
    assert found["core.account_months"] - {EMPTY} == months
    assert (ask(settings, counted), ask(settings, logins)) == ([(4,)], [(1,)])


def test_a_consent_makes_the_weeks_again_that_the_customer_is_in(
    settings: Settings, bank: Weekly
) -> None:
    monday = dt.date(2026, 10, 5)
    arrival = bank.of(CARA, "arrival", noon(monday), source_code="registered")
    bank.consent(CARA, action="withdraw", on=dt.date(2026, 9, 1))
    bank.deliver("bank_events", [arrival, bank.of(CARA, "login", noon(monday + DAY))])
    warehouse.build(settings)
    bank.consent(CARA, on=dt.date(2026, 11, 1))
    found = made(settings)
    own = {"week=2026-W41"}
    assert found["core.activity_moves"] == weeks("2026-08-31", "2026-11-09"), "its windows"
    for table in ("attribution", "card_clicks", "subscriptions", "weekly_funnel"):
        assert found[f"published.{table}"] == own
    assert found["published.weekly_steps"] == own | {"week=2026-W42"}
    assert found["core.account_months"] == {"month=2026-10"}
    for name, model in PARTED.items():
        if model.schema == "core" and model.consent and not model.frame:
            assert not found[name], name


def test_a_week_grows_mature_by_itself(settings: Settings, bank: Weekly) -> None:
    tomorrow = settings.model_copy(update={"as_of": settings.as_of + DAY})
    mature = "select max(week_starts) from published.weekly_funnel where mature and level = 'bank'"
    stage = " and stage = 'subscription'"
    (((before,),), _) = ask(settings, mature + stage), warehouse.build(tomorrow)
    for _ in range(6):
        tomorrow = tomorrow.model_copy(update={"as_of": tomorrow.as_of + DAY})
        warehouse.build(tomorrow)
    ((after,),) = ask(settings, mature + stage)
    assert after == before + 7 * DAY


def test_the_same_rows_delivered_again_rebuild_nothing_of_what_is_made_of_them(
    settings: Settings, bank: Weekly
) -> None:
    again = bank.of(ANNA, "login", noon(dt.date(2026, 9, 16)), event_id="again")
    bank.deliver("bank_events", [again])
    warehouse.build(settings)
    bank.deliver("bank_events", [again])
    found = made(settings)
    assert found["staging.bank_events"] == {"day=2026-09-16"}
    assert found["core.login_days"] == found["core.touches"] == {"week=2026-W38"}
    for name in ("login_months", "customer_months", "account_months", "asset_cohorts"):
        assert found[f"core.{name}"] == set()


def test_one_more_day_builds_its_own_week_and_month(settings: Settings, bank: Weekly) -> None:
    bank.deliver("bank_events", [bank.of(CARA, "login", noon(dt.date(2026, 11, 14)))])
    found = made(settings)
    assert found["core.login_days"] == {"week=2026-W46"}
    assert found["core.login_months"] == found["core.customer_months"] == {"month=2026-11"}


def test_a_part_whose_rows_are_gone_is_left_out(settings: Settings, bank: Weekly) -> None:
    moved = bank.of(CARA, "login", noon(dt.date(2026, 6, 3)), event_id="moved")
    bank.deliver("bank_events", [moved])
    assert made(settings)["core.login_days"] == {"week=2026-W23"}
    bank.deliver("bank_events", [moved | {"occurred_at": noon(dt.date(2026, 11, 11))}])
    found = made(settings)
    assert found["core.login_days"] == {"week=2026-W23", "week=2026-W46"}
    days = f"select day::varchar from core.login_days where customer_token = '{_uuid(CARA)}'"
    assert ask(settings, days) == [("2026-11-11",)]


def _uuid(token: bytes) -> str:
    text = token.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


# The login is on a Monday, the touch 30 days before in a part of four weeks earlier.
@pytest.mark.parametrize(("second", "account"), [(0, "cards"), (1, "(none)")])
def test_a_part_sees_its_window_to_the_last_second(
    settings: Settings, bank: Weekly, second: int, account: str
) -> None:
    at = noon(dt.date(2026, 9, 5))
    login = bank.of(CARA, "login", at + 30 * DAY + dt.timedelta(seconds=second))
    applied = bank.of(CARA, "card_application", login["occurred_at"])
    bank.deliver("bank_events", [login, applied])
    warehouse.build(settings)
    bank.deliver("bank_events", [bank.of(CARA, "click", at, source_code="registered")])
    warehouse.build(settings)
    cara = f"where customer_token = '{_uuid(CARA)}'"
    assert ask(settings, f"select account_id from core.login_days {cara}") == [(account,)]
    assert ask(settings, f"select account_id from core.attributed_events {cara}") == [(account,)]
    went_on = ask(settings, "select went_on from core.followed_clicks")
    assert went_on == [(1 if account == "cards" else 0,)]


def test_an_arrival_at_midnight_sees_what_the_balance_was_the_moment_before(
    settings: Settings, bank: Weekly
) -> None:
    """A balance counts from the end of its day: here a Sunday that ends a month and a week."""
    midnight = dt.datetime(2026, 5, 31, 16)
    steps = ("arrival", "registered", "login")
    bank.deliver("bank_events", [bank.of(CARA, step, midnight) for step in steps])
    rich = {"customer_token": CARA, "balance_on": dt.date(2026, 5, 31), "aum": 1000}
    bank.deliver("bank_balances", [rich | {"basis": "point_in_time"}])
    warehouse.build(settings)
    chain = "select depth from core.arrival_chains where day = '2026-06-01'"
    assert ask(settings, chain) == [(4,)]


def test_a_step_at_the_window_s_end_is_seen_from_the_week_it_began(
    settings: Settings, bank: Weekly
) -> None:
    arrived = noon(dt.date(2026, 9, 6))
    bank.deliver("bank_events", [bank.of(CARA, "arrival", arrived)])
    warehouse.build(settings)
    end = arrived + 30 * DAY
    bank.deliver("bank_events", [bank.of(CARA, kind, end) for kind in ("registered", "login")])
    assert label("week", dt.date(2026, 9, 6)) in made(settings)["core.arrival_chains"]
    chain = "select depth from core.arrival_chains where day = '2026-09-06'"
    assert ask(settings, chain) == [(3,)]


def test_explain_names_the_week_that_an_event_moves_out_of(
    settings: Settings, bank: Weekly
) -> None:
    moving = bank.of(CARA, "arrival", noon(dt.date(2026, 6, 3)), event_id="moving")
    bank.deliver("bank_events", [moving])
    warehouse.build(settings)
    bank.deliver("bank_events", [moving | {"occurred_at": noon(dt.date(2026, 11, 14))}])
    weeks = {"week=2026-W23", "week=2026-W46"}
    assert {d.partition for d in explain(settings) if d.model == "core.arrival_weeks"} == weeks
    assert made(settings)["core.arrival_weeks"] == weeks


def test_explain_names_the_week_that_a_withdrawn_delivery_leaves(
    settings: Settings, bank: Weekly
) -> None:
    """Its day has no other event, so that a part of the lake is gone and none is new."""
    bank.deliver("bank_events", [bank.of(CARA, "arrival", noon(dt.date(2026, 6, 3)))])
    warehouse.build(settings)
    remove_rows(settings.lake, f"{bank.delivered:016x}")
    named = {d.partition for d in explain(settings) if d.model == "core.arrival_weeks"}
    assert named == {"week=2026-W23"}
    warehouse.build(settings)
    assert ask(settings, "select * from core.arrival_weeks where day < '2026-08-01'") == []


@pytest.mark.parametrize("seed", range(3))
def test_explain_names_at_least_what_a_build_then_makes(settings: Settings, seed: int) -> None:
    bank = Bank(settings, seed)
    warehouse.build(settings)
    for _ in range(4):
        happened = [bank.change() for _ in range(bank.random.randrange(1, 3))]
        later = AS_OF + bank.random.choice([0, 0, 1, 30]) * DAY
        night = settings.model_copy(update={"as_of": later})
        due = {(each.model, each.partition) for each in explain(night)}
        before = parts(settings)
        whole = {t.name for t in warehouse.build(night) if t.made and t.name not in PARTED}
        built = {(model, file.split(".")[0]) for model, file in parts(settings) - before}
        missed = {each for each in built if {each, (each[0], "")}.isdisjoint(due)}
        missed |= {(name, "") for name in whole if (name, "") not in due}
        assert not missed, happened
