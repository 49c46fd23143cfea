"""The model that is written from definitions: each entry of a customer, and where it led."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigurationError
from pipeline.funnels import read_definitions
from pipeline.ingest.bank.events import EVENT_TYPES
from pipeline.settings import Settings
from pipeline.warehouse import duckdb_engine
from pipeline.warehouse.funnel_tables import definitions
from pipeline.warehouse.model import funnel_persons
from tests.conftest import Given
from tests.warehouse.people import ANNA, BEN, CARA

NAMED = 'name = "f"\nwindow = "7 days"\n'
CARD = NAMED + (
    '[[steps]]\nevent = "click"\nwhere = "product_line = \'card\'"\n'
    '[[steps]]\nevent = "card_application"\n[breakdown]\nby = "product"\n'
)
LINKS = """
    day        | source_code | account_id | product_line | product
    2026-11-02 | C1          | hq         | card         | gold
    2026-11-03 | C2          | branch     | card         | blue
"""


@pytest.fixture
def counted(given: Given, tmp_path: Path) -> Callable[..., list[tuple[Any, ...]]]:
    """Count the one funnel of a workspace, and give some columns of its rows."""

    def count(text: str, columns: str) -> list[tuple[Any, ...]]:
        (tmp_path / "funnels").mkdir()
        (tmp_path / "funnels" / "drawn.toml").write_text(text, encoding="utf-8")
        own = [d for d in read_definitions(tmp_path) if d.key == "drawn"]
        given.connection.execute("drop table core.funnel_persons")
        duckdb_engine.create(given.connection, funnel_persons(own))
        query = f"select {columns} from core.funnel_persons order by all"
        return given.connection.execute(query).fetchall()

    return count


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-11-{text}")


def test_a_row_is_an_entry_with_the_account_and_value_of_its_own(given, counted):
    given["core.link_days"] = LINKS
    given["core.touches"] = f"""
        event_id | customer_token | touched_at          | account_id
        e1       | {ANNA}         | 2026-11-02 01:00:00 | hq
        e2       | {ANNA}         | 2026-11-03 01:00:00 | branch
    """
    given["staging.bank_events"] = f"""
        event_id | occurred_at      | day        | customer_token | event_type       | source_code
        e1       | 2026-11-02 01:00 | 2026-11-02 | {ANNA}         | click            | C1
        e2       | 2026-11-03 01:00 | 2026-11-03 | {ANNA}         | click            | C2
        e3       | 2026-11-09 01:00 | 2026-11-09 | {ANNA}         | card_application |
        e4       | 2026-11-09 01:01 | 2026-11-09 | {BEN}          | card_application |
    """
    rows = counted(CARD, "step_1_at, day, depth, account_id, value, step_2_at, step_3_at")
    reached = moment("09 01:00:00")
    assert rows == [
        (moment("02 01:00:00"), dt.date(2026, 11, 2), 2, "hq", "gold", reached, None),
        (moment("03 01:00:00"), dt.date(2026, 11, 3), 2, "branch", "blue", reached, None),
    ]


def test_a_funnel_may_be_broken_down_by_the_theme_of_the_post_a_link_stands_in(given, counted):
    given["core.link_channels"] = """
        day        | source_code | form  | theme
        2026-11-02 | C1          | video | knowledge
        2026-11-03 | C1          | video | welfare
    """
    given["staging.bank_events"] = f"""
        event_id | occurred_at      | day        | customer_token | event_type | source_code
        e1       | 2026-11-02 01:00 | 2026-11-02 | {ANNA}         | click      | C1
        e2       | 2026-11-03 01:00 | 2026-11-03 | {BEN}          | click      | C1
        e3       | 2026-11-03 01:00 | 2026-11-03 | {CARA}         | click      | C9
    """
    steps = '[[steps]]\nevent = "click"\nwhere = "form = \'video\'"\n[breakdown]\nby = "theme"\n'
    assert counted(NAMED + steps, "value") == [("knowledge",), ("welfare",)]


def test_a_funnel_may_be_of_a_scene_and_broken_down_by_region(given, counted):
    given["staging.bank_events"] = f"""
        event_id | occurred_at      | day        | customer_token | event_type | region | scene
        e1       | 2026-11-02 01:00 | 2026-11-02 | {ANNA}         | login      | 临江市 | 代发工资
        e2       | 2026-11-02 01:00 | 2026-11-02 | {BEN}          | login      | 云湖市 | 商户
    """
    steps = '[[steps]]\nevent = "login"\nwhere = "scene = \'代发工资\'"\n'
    assert counted(f'{NAMED}{steps}[breakdown]\nby = "region"\n', "value") == [("临江市",)]


def test_an_entry_without_a_touch_in_the_lookback_is_nobodys(given, counted):
    given["core.touches"] = f"""
        event_id | customer_token | touched_at          | account_id
        e1       | {ANNA}         | 2026-11-02 01:00:00 | hq
    """
    given["staging.bank_events"] = f"""
        event_id | occurred_at         | day        | customer_token | event_type
        e2       | 2026-12-02 01:00:00 | 2026-12-02 | {ANNA}         | login
        e3       | 2026-12-02 01:00:01 | 2026-12-02 | {ANNA}         | login
    """
    rows = counted(NAMED + '[[steps]]\nevent = "login"\n', "account_id")
    assert rows == [("(none)",), ("hq",)]


def test_an_order_is_confirmed_at_its_own_moment_unless_it_is_pending_or_withdrawn(given, counted):
    given["staging.bank_events"] = f"""
      event_id | occurred_at      | day        | customer_token | event_type          | cooling_off
      e1       | 2026-11-02 01:00 | 2026-11-02 | {ANNA}         | wealth_subscription | confirmed
      e2       | 2026-11-02 02:00 | 2026-11-02 | {ANNA}         | wealth_subscription |
      e3       | 2026-11-02 01:00 | 2026-11-02 | {BEN}          | wealth_subscription | withdrawn
      e4       | 2026-11-02 02:00 | 2026-11-02 | {BEN}          | wealth_subscription | pending
    """
    steps = '[[steps]]\nevent = "wealth_subscription"\n[[steps]]\nevent = "wealth_confirmed"\n'
    rows = counted(NAMED + steps, "depth, step_1_at, step_2_at")
    first, second = moment("02 01:00:00"), moment("02 02:00:00")
    assert rows == [(1, first, None), (1, second, None), (2, first, first), (2, second, second)]


def test_who_is_excluded_keeps_the_row_that_says_so(given, counted):
    given["staging.bank_events"] = f"""
        event_id | occurred_at         | day        | customer_token | event_type
        e1       | 2026-11-02 01:00:00 | 2026-11-02 | {ANNA}         | click
        e2       | 2026-11-02 02:00:00 | 2026-11-02 | {ANNA}         | branch_booking
        e3       | 2026-11-02 03:00:00 | 2026-11-02 | {ANNA}         | login
        e4       | 2026-11-02 02:30:00 | 2026-11-02 | {ANNA}         | click
    """
    text = NAMED + (
        '[[steps]]\nevent = "click"\n[[steps]]\nevent = "login"\n'
        '[[exclusions]]\nevent = "branch_booking"\nfrom_step = 1\nto_step = 2\n'
    )
    rows = counted(text, "step_1_at, depth, is_excluded")
    assert rows == [(moment("02 01:00:00"), 2, True), (moment("02 02:30:00"), 2, False)]


def own(settings: Settings, text: str, name: str = "own") -> Path:
    file = settings.home / "funnels" / f"{name}.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


LOGIN = '[[steps]]\nevent = "login"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            NAMED + LOGIN + 'where = "weather = 1"\n',
            "key steps.1.where: the condition 'weather = 1'",
        ),
        (NAMED + LOGIN + "where = \"amount = 'x'\"\n", "key steps.1.where: Conversion Error"),
        (NAMED + LOGIN + '[breakdown]\nby = "weather"\n', "key breakdown.by: 'weather'; expected"),
        (NAMED + '[[steps]]\nevent = "lgoin"\n', "key steps.1.event: 'lgoin' is never delivered"),
        (NAMED + LOGIN + "windw = 1\n", "key steps.1.windw: not known; expected one of event"),
    ],
)
def test_a_funnel_that_cannot_be_counted_is_an_error_of_the_configuration(text, said, settings):
    file = own(settings, text)
    with pytest.raises(ConfigurationError) as refused:
        definitions(settings, EVENT_TYPES)
    assert str(refused.value).startswith(f"{file}: ")
    assert said in str(refused.value)


def test_a_funnel_is_known_by_a_plain_name(settings):
    own(settings, NAMED + LOGIN, "Mein Trichter")
    with pytest.raises(ConfigurationError, match="a funnel is known by its file's name"):
        definitions(settings)


def test_an_own_funnel_takes_the_place_of_the_one_that_ships_under_its_name(settings):
    shipped = {d.key: d.version for d in definitions(settings)}
    own(settings, NAMED + LOGIN, "card")
    found = {d.key: d for d in definitions(settings)}
    assert found.keys() == shipped.keys()
    assert found["card"].funnel.steps[0].event == "login"
    assert {key for key, d in found.items() if d.version != shipped[key]} == {"card"}
