"""The bank's own files: CSV in two encodings, Parquet with typed or text columns."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from pipeline.privacy.tokens import Tokens
from tests.ingest.conftest import KEY, Workspace
from tests.ingest.containers import cells, csv_text, parquet


def token(customer_id: str) -> UUID:
    return UUID(bytes=Tokens(KEY.encode()).token(customer_id))


ACCOUNTS = cells(
    "account_id | account_name | platform | tier | unit_id | unit_name | parent_unit_id | "
    "valid_from | valid_to | files"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_register_of_accounts(workspace: Workspace, encoding: str) -> None:
    hq = ["hq", "总行品牌", "xiaohongshu", "head_office", "U1", "品牌部", "", "2025-01-01", "", ""]
    nj = ["nj", "南京分行", "wechat_official", "branch", "U2", "南京", "U1"]
    nj += ["20250101", "2026-06-30", "shared/nj*;x/**"]
    data = csv_text([ACCOUNTS, hq, nj], encoding=encoding)
    assert workspace.land("bank/2026-11-09/accounts.csv", data).refusals == []
    assert workspace.rows("bank_accounts", ", ".join(ACCOUNTS) + ", exported_at") == [
        (
            "hq",
            "总行品牌",
            "xiaohongshu",
            "head_office",
            "U1",
            "品牌部",
            None,
            date(2025, 1, 1),
            None,
            None,
            datetime(2026, 11, 9),
        ),
        (
            "nj",
            "南京分行",
            "wechat_official",
            "branch",
            "U2",
            "南京",
            "U1",
            date(2025, 1, 1),
            date(2026, 6, 30),
            "shared/nj*;x/**",
            datetime(2026, 11, 9),
        ),
    ]


def test_follower_counts(workspace: Workspace) -> None:
    data = csv_text([cells("account_id | counted_on | followers"), ["hq", "2026-11-08", "128,450"]])
    assert workspace.land("bank/followers.csv", data).refusals == []
    assert workspace.rows("bank_follower_counts", "account_id, counted_on, followers") == [
        ("hq", date(2026, 11, 8), 128450)
    ]
    assert (workspace.home / "lake/bank_follower_counts/month=2026-11").is_dir()


def test_plans_of_experiments_and_who_was_given_what(workspace: Workspace) -> None:
    header = cells(
        "experiment_id | experiment_name | variant | is_control | planned_share | metric_event | "
        "window_days | starts_on | ends_on | look_rule"
    )
    old = ["E1", "改版", "old", "true", "0.5", "login", "14", "2026-09-07", "20261018", "fixed"]
    new = ["E1", "改版", "new", "false", "0.5", "login", "", "2026-09-07", "", "fixed"]
    odd = ["E1", "改版", "odd", "false", "0.5", "login", "", "2026-09-07", "", "peeking"]
    report = workspace.land("bank/plans.csv", csv_text([header, old, new, odd]))
    assert len(report.refusals) == 1 and "look_rule" in report.refusals[0]
    columns = "variant, is_control, planned_share, window_days, ends_on, look_rule"
    assert workspace.rows("bank_experiments", columns) == [
        ("old", True, 0.5, 14, date(2026, 10, 18), "fixed"),
        ("new", False, 0.5, None, None, "fixed"),
    ]
    rows = [
        cells("experiment_id | customer_id | variant | assigned_at"),
        ["E1", "c1", "new", "2026-09-07T10:00:00+08:00"],
        ["E1", "C1", "new", "2026-09-08T10:00:00+08:00"],
    ]
    assert workspace.land("bank/assignments.csv", csv_text(rows)).refusals == []
    assert workspace.rows("bank_assignments", "customer_token, assigned_at") == [
        (token("C1"), datetime(2026, 9, 7, 2)),
        (token("C1"), datetime(2026, 9, 8, 2)),
    ]


def test_spend_and_the_codes_of_campaigns(workspace: Workspace) -> None:
    rows = [
        cells("spend_id | spent_on | account_id | campaign_id | purpose | amount_yuan"),
        ["p1", "2026-09-07", "hq", "C1", "ads", "12,000.50"],
        ["p2", "20260908", "hq", "", "giveaway", "-30"],
        ["p3", "2026-09-09", "hq", "", "bribes", "1"],
    ]
    report = workspace.land("bank/spend.csv", csv_text(rows))
    assert len(report.refusals) == 1 and "purpose" in report.refusals[0]
    assert workspace.rows("bank_spend", "spend_id, spent_on, campaign_id, amount_yuan") == [
        ("p1", date(2026, 9, 7), "C1", Decimal("12000.50")),
        ("p2", date(2026, 9, 8), None, Decimal("-30.00")),
    ]
    rows = [
        cells("campaign_id | campaign_name | source_code | starts_on | ends_on"),
        ["C1", "开学季", "s1", "2026-08-24", ""],
    ]
    assert workspace.land("bank/campaigns.csv", csv_text(rows)).refusals == []
    assert workspace.rows("bank_campaigns", "source_code, starts_on, ends_on") == [
        ("s1", date(2026, 8, 24), None)
    ]


def test_merchants_are_tokens_and_their_weeks_iso_weeks(workspace: Workspace) -> None:
    rows = [
        cells("merchant_id | week | visits | orders | settlement_yuan"),
        ["m1", "2026-W46", "840", "", "18,450.00"],
        ["M1", "2026-W45", "", "3", "-12"],
        ["m1", "2026-W54", "840", "", "18450.00"],
        ["m1", "2026-11-09", "840", "", "18450.00"],
    ]
    report = workspace.land("bank/merchants.csv", csv_text(rows))
    assert len(report.refusals) == 2 and all("week" in refusal for refusal in report.refusals)
    columns = "merchant_token, week_starts, visits, orders, settlement_yuan"
    assert workspace.rows("bank_merchant_weeks", columns) == [
        (token("M1"), date(2026, 11, 9), 840, None, Decimal("18450.00")),
        (token("M1"), date(2026, 11, 2), None, 3, Decimal("-12.00")),
    ]


def test_own_channels_by_day(workspace: Workspace) -> None:
    header = cells("account_id | day | impressions | reads | intents")
    rows = [["hq-app", "2026-11-08", "182,400", 9120, 85], ["nj-queue", "20261108", 60, "", ""]]
    report = workspace.land("bank/channels.csv", csv_text([header, *rows]))
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    columns = "account_id, day, impressions, reads, engagement, intents"
    assert workspace.rows("bank_channel_daily", columns) == [
        ("hq-app", date(2026, 11, 8), 182400, 9120, None, 85),
        ("nj-queue", date(2026, 11, 8), 60, None, None, None),
    ]


def test_links(workspace: Workspace) -> None:
    header = cells("source_code | account_id | post | product_line | product | entry")
    rows = [header, ["X1", "hq", "标题, 带逗号", "card", "青年卡", "post"]]
    rows += [["X2", "hq", "\\N", "wealth", "", "menu"]]
    assert workspace.land("bank/links.csv", csv_text(rows)).refusals == []
    assert workspace.rows("bank_links", ", ".join(header)) == [
        ("X1", "hq", "标题, 带逗号", "card", "青年卡", "post"),
        ("X2", "hq", None, "wealth", None, "menu"),
    ]


EVENTS = cells(
    "event_id | occurred_at | customer_id | event_type | source_code | product_line | amount | "
    "currency | cooling_off"
)
EVENT_COLUMNS = (
    "event_id, occurred_at, customer_token, event_type, source_code, product_line, amount, "
    "currency, cooling_off"
)
EVENTS_LANDED = [
    (
        "e1",
        datetime(2026, 11, 1, 16, 30),
        token("C0001"),
        "wealth_subscription",
        "X2",
        "wealth",
        Decimal("50000.00"),
        "CNY",
        "confirmed",
    ),
    ("e2", datetime(2026, 11, 1, 15, 59, 59), None, "click", "X1", None, None, None, None),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_events_are_kept_in_utc_and_filed_by_the_day_in_shanghai(
    workspace: Workspace, encoding: str
) -> None:
    rows = [
        EVENTS,
        [
            "e1",
            "2026-11-02T00:30:00+08:00",
            " c0001 ",
            "wealth_subscription",
            "X2",
            "wealth",
            "50000",
            "CNY",
            "confirmed",
        ],
        ["e2", "2026-11-01T15:59:59Z", "", "click", "X1", "", "\\N", "", ""],
    ]
    report = workspace.land("bank/events.csv", csv_text(rows, encoding=encoding))
    assert (report.outcome, report.refusals) == ("landed", [])
    assert workspace.rows("bank_events", EVENT_COLUMNS) == EVENTS_LANDED
    days = sorted(p.name for p in (workspace.home / "lake/bank_events").glob("day=*"))
    assert days == ["day=2026-11-01", "day=2026-11-02"]


def test_events_come_from_typed_parquet_and_a_row_is_numbered_from_one(
    workspace: Workspace,
) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    times = [
        datetime(2026, 11, 2, 0, 30, tzinfo=zone),
        datetime(2026, 11, 1, 23, 59, 59, tzinfo=zone),
    ]
    data = parquet(
        {
            "event_id": ["e1", "e2"],
            "occurred_at": pa.array(times, pa.timestamp("ns", tz="Asia/Shanghai")),
            "customer_id": pa.array(["C0001", None]).dictionary_encode(),
            "event_type": ["wealth_subscription", "click"],
            "source_code": ["X2", "X1"],
            "product_line": ["wealth", None],
            "amount": pa.array([Decimal("50000.00"), None], pa.decimal128(18, 2)),
            "currency": ["CNY", None],
            "cooling_off": ["confirmed", None],
        }
    )
    assert workspace.land("bank/events.parquet", data).refusals == []
    assert workspace.rows("bank_events", EVENT_COLUMNS) == EVENTS_LANDED
    assert workspace.rows("bank_events", "source_line, source_sheet") == [(1, None), (2, None)]


def test_a_time_without_a_zone_is_refused(workspace: Workspace) -> None:
    minimal = ["event_id", "occurred_at", "customer_id", "event_type"]
    rows = [minimal, *([f"e{i}", "2026-11-02T00:30:00Z", "", "click"] for i in range(9))]
    rows.append(["e9", "2026-11-02T00:30:00", "", "click"])
    report = workspace.land("bank/events.csv", csv_text(rows))
    assert [(c.landed, c.refused) for c in report.datasets] == [(9, 1)]
    assert "（没有时区）" in report.refusals[0]


def test_an_integer_customer_id_and_its_text_are_one_person(workspace: Workspace) -> None:
    workspace.deliver(
        "bank/a.parquet",
        parquet(
            {
                "balance_on": pa.array([date(2026, 10, 31)]),
                "customer_id": pa.array([1000123], pa.int64()),
                "basis": pa.array([2], pa.int64()),
                "aum": pa.array([1000.5], pa.float64()),
            }
        ),
    )
    header = cells("balance_on | customer_id | basis | aum | deposits | funds | wealth")
    row = ["20261031", "1000123", "1", "1,000.50", "1000.50", "0", "\\N"]
    workspace.deliver("bank/b.csv", csv_text([header, row]))
    workspace.run()
    columns = "balance_on, customer_token, basis, aum, deposits, funds, wealth, insurance"
    day, aum = date(2026, 10, 31), Decimal("1000.50")
    assert workspace.rows("bank_balances", columns, order="basis") == [
        (day, token("1000123"), "month_average", aum, None, None, None, None),
        (day, token("1000123"), "point_in_time", aum, aum, Decimal(0), None, None),
    ]


def test_a_balance_without_a_customer_is_refused(workspace: Workspace) -> None:
    header = cells("balance_on | customer_id | basis | aum")
    rows = [["2026-10-31", f"C{i:04}", "1", "1.00"] for i in range(9)]
    rows.append(["2026-10-31", "", "1", "1.00"])
    report = workspace.land("bank/balances.csv", csv_text([header, *rows]))
    assert [(c.landed, c.refused) for c in report.datasets] == [(9, 1)]


def test_consents(workspace: Workspace) -> None:
    header = cells(
        "customer_id | purpose | action | separate | notice_version | occurred_at | valid_until"
    )
    rows = [
        [
            "C0001",
            "channel_analytics",
            "grant",
            "true",
            "2026-01",
            "2026-01-15T10:00:00+08:00",
            "2027-01-15",
        ],
        ["C0001", "channel_analytics", "withdraw", "FALSE", "2026-01", "2026-03-15T02:00:00Z", ""],
    ]
    assert workspace.land("bank/consents.csv", csv_text([header, *rows])).refusals == []
    columns = "customer_token, purpose, action, separate, notice_version, occurred_at, valid_until"
    who, purpose, version = token("C0001"), "channel_analytics", "2026-01"
    assert workspace.rows("bank_consents", columns) == [
        (who, purpose, "grant", True, version, datetime(2026, 1, 15, 2), date(2027, 1, 15)),
        (who, purpose, "withdraw", False, version, datetime(2026, 3, 15, 2), None),
    ]
