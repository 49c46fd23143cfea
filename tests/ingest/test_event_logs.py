"""Event logs of analytics products, in their containers, landed as the bank's own events."""

import gzip
import json
import re
from datetime import datetime
from decimal import Decimal

import pytest

from tests.ingest.conftest import Workspace
from tests.ingest.containers import csv_text
from tests.ingest.test_bank import EVENTS, token

SENSORS = """
platform = "sensors"
kind = "events"
[columns]
customer_id = "login_id"
source_code = ["properties.$utm_content", "properties.$latest_utm_content"]
amount = "properties.amount"
currency = "properties.currency"
[events]
BannerClick = "click"
LoginSuccess = "login"
WealthBuySuccess = "wealth_subscription"
"""
TIME = 1793550600123  # 2026-11-01 16:30:00.123 UTC, half past midnight in Shanghai
COLUMNS = "occurred_at, customer_token, event_type, source_code, amount, currency"


def event(name: str, at: int | str = TIME, login: str | None = None, **properties: object) -> str:
    """Write one line as the 神策 manual draws it."""
    known = {"$ip": "10.1.2.3", "$province": "江苏", "$os": "iOS", "$wifi": True}
    line = {"distinct_id": login or "a1b2", "anonymous_id": "a1b2", "time": at, "type": "track"}
    line |= {"event": name, "project": "default", "time_free": True}
    if login:
        line["login_id"] = login
        line["identities"] = {"$identity_login_id": login}
    properties = {re.sub("^utm", "$utm", name): value for name, value in properties.items()}
    return json.dumps(line | {"properties": known | properties}, ensure_ascii=False)


def lines(*events: str) -> bytes:
    return "".join(line + "\n" for line in events).encode()


@pytest.fixture
def sensors(workspace: Workspace) -> Workspace:
    workspace.deliver("bank/sensors/mapping.toml", SENSORS.encode())
    return workspace


@pytest.mark.parametrize("packed", [False, True])
def test_sensors_events_land_as_the_bank_s_events(sensors: Workspace, packed: bool) -> None:
    data = lines(
        event("BannerClick", utm_content="XHS-0001"),
        event("WealthBuySuccess", TIME + 1000, "C0001", amount=50000.5, currency="CNY"),
    )
    name = "bank/sensors/2026-11-02/event.jsonl" + (".gz" if packed else "")
    report = sensors.land(name, gzip.compress(data) if packed else data)
    assert (report.outcome, report.account_id, report.warnings) == ("landed", None, [])
    assert sensors.rows("bank_events", f"source_line, {COLUMNS}") == [
        (1, datetime(2026, 11, 1, 16, 30, 0, 123000), None, "click", "XHS-0001", None, None),
        (
            *(2, datetime(2026, 11, 1, 16, 30, 1, 123000), token("C0001")),
            *("wealth_subscription", None, Decimal("50000.50"), "CNY"),
        ),
    ]
    assert (sensors.home / "lake/bank_events/day=2026-11-02").is_dir()


def test_words_for_a_value_that_was_not_had_are_null(sensors: Workspace) -> None:
    data = lines(
        event("LoginSuccess", TIME, "C0001", utm_content="未取到值"),
        event("LoginSuccess", TIME, "C0002", utm_content="未取到值_直接打开"),
        event("LoginSuccess", TIME, "C0003", utm_content="直接流量"),
        event("LoginSuccess", TIME, "C0004", utm_content="社交网站流量"),
        event("LoginSuccess", TIME, "未取到值", utm_content="X9"),
    )
    sensors.land("bank/sensors/a.jsonl", data)
    rows = sensors.rows("bank_events", "customer_token is null, source_code")
    assert rows == [*[(False, None)] * 4, (True, "X9")]


def test_of_several_headers_the_first_with_a_value_counts(sensors: Workspace) -> None:
    extra = {"$latest_utm_content": "NEW"}
    data = lines(
        event("BannerClick", utm_content="未取到值", **extra),
        event("BannerClick", TIME + 1, utm_content="OLD", **extra),
    )
    sensors.land("bank/sensors/a.jsonl", data)
    assert sensors.rows("bank_events", "source_code") == [("NEW",), ("OLD",)]


def test_events_that_are_not_mapped_are_passed_over_and_counted(sensors: Workspace) -> None:
    data = lines(
        event("$pageview"),
        event("$pageview", TIME + 1),
        '{"distinct_id": "a1b2", "type": "profile_set", "time": 1, "properties": {"name": "甲"}}',
        event("LoginSuccess", TIME, "C0001"),
    )
    report = sensors.land("bank/sensors/a.jsonl", data)
    assert [(c.delivered, c.landed) for c in report.datasets] == [(1, 1)]
    assert report.warnings == [
        "events that bank/sensors/mapping.toml does not name were passed over: "
        "$pageview (2), (no name) (1)"
    ]


def test_a_mapping_that_takes_the_id_for_the_event_shows_no_id(workspace: Workspace) -> None:
    wrong = SENSORS.replace("[columns]", '[columns]\nevent = "distinct_id"')
    workspace.deliver("bank/sensors/mapping.toml", wrong.encode())
    report = workspace.land("bank/sensors/a.jsonl", lines(event("LoginSuccess", TIME, "C0001")))
    assert report.warnings[0].endswith("passed over: ‹masked› (1)")


def test_an_event_delivered_again_in_another_file_keeps_its_id(sensors: Workspace) -> None:
    first, second = event("LoginSuccess", TIME, "C0001"), event("LoginSuccess", TIME + 1, "C0001")
    sensors.land("bank/sensors/a.jsonl", lines(first, second, second))
    sensors.land("bank/sensors/b.jsonl.gz", gzip.compress(lines(second)))
    ids = [row[0] for row in sensors.rows("bank_events", "event_id", order="source_file, 1")]
    assert len(ids) == 3
    assert len(set(ids)) == 2
    assert all(i.startswith("sensors-") and "C0001" not in i for i in ids)


def test_nothing_of_a_person_is_kept_but_the_token(sensors: Workspace) -> None:
    data = lines(
        *(event("LoginSuccess", TIME + i, f"C000{i}", phone="13800001111") for i in range(5)),
        event("LoginSuccess", "昨天 C0001 13800001111", "C0001"),
        event("BannerClick", TIME, "C0002", utm_content="C0001"),
    )
    report = sensors.land("bank/sensors/a.jsonl", data)
    assert [(c.landed, c.refused) for c in report.datasets] == [(5, 2)]
    assert "不是 ISO 8601 时间" in report.refusals[0]
    assert "含有客户号" in report.refusals[1]
    quarantine = b"".join(sensors.bytes_of("quarantine").values()).decode()
    kept = f"{sensors.rows('bank_events')} {quarantine} {report}"
    for secret in ("C0001", "C0002", "13800001111", "10.1.2.3", "江苏", "a1b2"):
        assert secret not in kept, secret


@pytest.mark.parametrize("at", [1793550600, "2026-11-02 00:30:00", "20261102", True, None])
def test_a_time_that_is_not_milliseconds_and_has_no_zone_is_refused(
    sensors: Workspace, at: int | str
) -> None:
    good = [event("LoginSuccess", TIME + i, "C0001") for i in range(9)]
    report = sensors.land("bank/sensors/a.jsonl", lines(*good, event("LoginSuccess", at, "C0001")))
    assert [(c.landed, c.refused) for c in report.datasets] == [(9, 1)]
    assert "「occurred_at」列" in report.refusals[0]


def test_a_line_that_is_broken_is_refused_and_the_others_land(sensors: Workspace) -> None:
    good = [event("LoginSuccess", TIME + i, "C0001") for i in range(8)]
    report = sensors.land("bank/sensors/a.jsonl", lines(*good, '{"distinct_id": "a', "[1]"))
    assert [(c.landed, c.refused) for c in report.datasets] == [(8, 2)]
    assert "第 9 行" in report.refusals[0]
    assert "a line that is not JSON" in report.refusals[0]
    assert "a line that is no object" in report.refusals[1]


def test_an_error_body_beside_a_mapping_is_still_refused(sensors: Workspace) -> None:
    report = sensors.land("bank/sensors/a.jsonl", b'{"code": 401, "time": 1}')
    assert "JSON, as a back office answers" in report.reasons[0]


def test_the_bank_s_own_events_beside_a_mapping_land_as_ever(sensors: Workspace) -> None:
    row = ["e1", "2026-11-02T00:30:00+08:00", "C0001", "login", "", "", "", "", ""]
    assert sensors.land("bank/sensors/events.csv", csv_text([EVENTS, row])).outcome == "landed"


GROWINGIO = """
platform = "growingio"
kind = "events"
[columns]
event = "eventName"
occurred_at = "eventTime"
customer_id = "loginUserId"
source_code = "utm_content"
[events]
app_login = "login"
banner_click = "click"
"""
PART = """userId,loginUserId,eventTime,eventName,title,utm_content,ip
u1,C0001,1793550600123,app_login,"他说\\"你好\\", 再见",,10.1.2.3
u2,,2026-11-01 16:30:01,banner_click,"C:\\\\",XHS-0001,10.1.2.4
u3,,2026-11-01 16:30:02,page,,,10.1.2.5
"""


@pytest.fixture
def growingio(workspace: Workspace) -> Workspace:
    workspace.deliver("bank/growingio/mapping.toml", GROWINGIO.encode())
    return workspace


def test_growingio_parts_are_gzip_with_escaped_quotes_and_utc_times(growingio: Workspace) -> None:
    data = gzip.compress(PART.encode())
    report = growingio.land("bank/growingio/2026-11-02/custom_event_1.csv.gz", data)
    assert (report.outcome, report.refusals) == ("landed", [])
    assert "page (1)" in report.warnings[0]
    assert growingio.rows("bank_events", f"source_line, {COLUMNS}") == [
        (2, datetime(2026, 11, 1, 16, 30, 0, 123000), token("C0001"), "login", None, None, None),
        (3, datetime(2026, 11, 1, 16, 30, 1), None, "click", "XHS-0001", None, None),
    ]


def test_a_part_with_a_row_of_another_width_lands_the_others(growingio: Workspace) -> None:
    rows = "".join(f"u,C0001,179355060012{i},app_login,,,\n" for i in range(9))
    data = gzip.compress((PART.splitlines()[0] + "\n" + rows + "u,C0001\n").encode())
    report = growingio.land("bank/growingio/a.csv.gz", data)
    assert [(c.landed, c.refused) for c in report.datasets] == [(9, 1)]
    assert "a row of 2 cells under a header of 7" in report.refusals[0]


def test_a_part_without_a_mapped_column_is_refused_and_named(growingio: Workspace) -> None:
    data = gzip.compress(b"userId,eventTime,eventName,utm_content\nu,1,app_login,\n")
    reason = growingio.land("bank/growingio/a.csv.gz", data).reasons[0]
    assert "a GrowingIO raw export without loginUserId" in reason
    assert "every column that bank/growingio/mapping.toml names" in reason


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (gzip.compress(PART.encode())[:-20], "a gzip file that cannot be read"),
        (b"\x1f\x8b" + b"\x00" * 30, "a gzip file that cannot be read"),
    ],
)
def test_a_damaged_part_is_refused(growingio: Workspace, data: bytes, said: str) -> None:
    report = growingio.land("bank/growingio/a.csv.gz", data)
    assert (report.outcome, said in report.reasons[0]) == ("refused", True)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (GROWINGIO.replace('"growingio"', '"gio"'), "key platform: 'gio'; expected one of sensors"),
        (GROWINGIO.replace('event = "eventName"', ""), "key columns.event: nothing"),
        (GROWINGIO.replace('occurred_at = "eventTime"', ""), "key columns.occurred_at: nothing"),
        (GROWINGIO.replace("customer_id", "customer"), "key columns.customer: not known"),
        (GROWINGIO.replace('"login"', '"logon"'), "key events.app_login: 'logon'; expected one of"),
        (GROWINGIO.split("[events]")[0], "key events: nothing; expected names of events"),
        (GROWINGIO + "[units]\n", "key units: not known"),
    ],
)
def test_a_mapping_of_events_that_is_not_clear_is_refused_by_key(
    workspace: Workspace, mapping: str, said: str
) -> None:
    workspace.deliver("bank/growingio/mapping.toml", mapping.encode())
    report = workspace.land("bank/growingio/a.csv.gz", gzip.compress(PART.encode()))
    assert report.outcome == "refused"
    assert said in report.reasons[0]
