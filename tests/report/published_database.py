"""A small published database, drawn by hand: 13 weeks, three tiers, six accounts, every odd case.

It holds what a page must survive: withheld and missing values, immature weeks, customers of no
tier, an account without data, and titles that try to break out of the page.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd

from pipeline.funnels.wilson import wilson
from tests.report import drawn_texts
from tests.report.drawn_figures import by_platform, expected, figures, months_back
from tests.report.drawn_journeys import funnel_steps as _funnel_steps  # noqa: F401
from tests.report.drawn_money import MONEY
from tests.report.drawn_months import MONTHLY
from tests.report.drawn_people import PEOPLE
from tests.report.drawn_platforms import platform_funnel, platform_steps
from tests.report.published_columns import COLUMNS

HOSTILE = "</script><img src=x onerror=alert(1)>"
WEEK = "2026-W46"
LAST_MONDAY = date(2026, 11, 9)
WEEKS = [LAST_MONDAY - timedelta(days=7 * back) for back in range(12, -1, -1)]
MONTHS = [date(2026, month, 1) for month in range(6, 12)]
COUNTS = {
    "exposure": 400_000,
    "read": 60_000,
    "engagement": 5_000,
    "follow": 900,
    "intent": 1_500,
    "click": 1_200,
}
PERSONS = {"arrival": 700, "new_customer": 260, "active": 180, "asset": 70, "subscription": 24}
STAGES = [*COUNTS, *PERSONS]
BASE = COUNTS | PERSONS
BANK = ("bank", None, None, None, None, None, None)
TIERS = {"head_office": 8, "line": 3, "branch": 1}
ACCOUNTS = [
    ("head_office", "hq", "总行", "xiaohongshu", "hq-xhs", "江屿银行官方号", 5.0),
    ("head_office", "hq", "总行", "wechat_official", "hq-gzh", "江屿银行微讯", 3.0),
    ("line", "cards", "信用卡部", "wechat_channels", "card-sph", f"信用卡{HOSTILE}", 2.0),
    ("line", "wealth", "财富管理部", "wechat_official", "wealth-gzh", "财富管理", 1.0),
    ("branch", "sz", "深圳分行", "xiaohongshu", "sz-xhs", "深圳<b>分行</b>&朋友", 0.7),
    ("branch", "cd", "成都分行", "douyin", "cd-dy", "成都分行抖音", 0.3),
]
SILENT = "cd-dy"  # its platform exports neither exposure nor engagement


def draw(path: Path) -> Path:
    """Write the database and return its path."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema published")
        for table, columns in COLUMNS.items():
            _fill(connection, table, columns, globals()[f"_{table}"]())
        for table, (columns, rows) in (PEOPLE | MONEY | MONTHLY | drawn_texts.TABLES).items():
            _fill(connection, table, columns, rows())
    return path


def _fill(connection, table: str, columns: str, rows: list[dict]) -> None:
    connection.execute(f"create table published.{table} ({columns})")
    frame = pd.DataFrame(rows)
    if not frame.empty:
        frame = frame.astype(object).where(frame.notna(), None)
        connection.register("drawn", frame)
        connection.execute(f"insert into published.{table} by name from drawn")
        connection.unregister("drawn")


def _week(monday: date) -> dict:
    year, week, _ = monday.isocalendar()
    return {"week": f"{year}-W{week:02d}", "week_starts": monday}


def _path(values: tuple) -> dict:
    names = ("level", "tier", "unit_id", "unit_name", "platform", "account_id", "account_name")
    return dict(zip(names, values, strict=True))


def _places() -> list[tuple[dict, float]]:
    """Every place with its weight: the bank, the tiers, the units and the accounts."""
    tiers = [(_path(("tier", tier, *[None] * 5)), float(size)) for tier, size in TIERS.items()]
    accounts = [(_path(("account", *account[:6])), account[6]) for account in ACCOUNTS]
    named = {account[:3] for account in ACCOUNTS}
    units = [
        (_path(("unit", *unit, *[None] * 3)), sum(one[6] for one in ACCOUNTS if one[:3] == unit))
        for unit in sorted(named)
    ]
    return [(_path(BANK), 12.0), *tiers, *units, *accounts]


def _value(stage: str, weight: float, at: int) -> int:
    """Grows by a steady share; the branches' clicks break in at the last week."""
    wave = 1 + 0.02 * at + 0.05 * ((at * 7 + STAGES.index(stage)) % 5 - 2) / 2
    broken = 0.7 if stage == "click" and weight == 1.0 and at == 12 else 1.0
    return round(BASE[stage] * weight / 12 * wave * broken)


def _mature(monday: date) -> bool:
    return monday + timedelta(days=7 + 30) <= LAST_MONDAY + timedelta(days=7)


def _shown(stage: str, weight: float, at: int, place: dict) -> tuple[int | None, str | None]:
    value = _value(stage, weight, at)
    if place["account_id"] == SILENT and stage in ("exposure", "engagement"):
        return None, None
    if stage in PERSONS and value < 10:
        return None, "persons"
    return value, None


def _weekly_funnel() -> list[dict]:
    rows = []
    for at, monday in enumerate(WEEKS):
        places = [*_places(), (_path(("tier", "unattributed", *([None] * 5))), 1.5)]
        for place, weight in places:
            for order, stage in enumerate(STAGES):
                if place["tier"] == "unattributed" and stage in COUNTS:
                    continue
                value, suppressed = _shown(stage, weight, at, place)
                rows.append(
                    _week(monday)
                    | place
                    | {
                        "stage": stage,
                        "stage_order": order,
                        "total": value if stage in COUNTS else None,
                        "persons": value if stage in PERSONS else None,
                        "accounts_reporting": 0 if value is None and stage in COUNTS else 1,
                        "accounts": 1,
                        "estimated": stage == "follow",
                        "complete": not (stage == "read" and place["account_id"] == "wealth-gzh"),
                        "mature": _mature(monday) if stage in PERSONS else None,
                        "bridge": 0.913,
                        "suppressed": suppressed,
                    }
                )
    return rows


def _weekly_steps() -> list[dict]:
    rows = []
    for at, monday in enumerate(WEEKS):
        for place, weight in _places():
            for order, stage in enumerate(STAGES):
                rows.append(_week(monday) | place | _step(stage, order, weight, at, place))
    return rows


def _step(stage: str, order: int, weight: float, at: int, place: dict) -> dict:
    value, _ = _shown(stage, weight, at, place)
    last = _shown(stage, weight, at - 1, place)[0] if at else None
    previous = STAGES[order - 1] if order and stage != "arrival" else None
    n = _shown(previous, weight, at, place)[0] if previous else None
    rate = value / n if value is not None and n else None
    mature = _mature(WEEKS[at]) if stage in list(PERSONS)[1:] else True
    told = stage in PERSONS and rate is not None and rate <= 1
    return {
        "stage": stage,
        "stage_order": order,
        "previous_stage": previous,
        "value": value,
        "last_week_value": last,
        "change": value / last - 1 if value is not None and last and mature else None,
        "n": n,
        "step_rate": rate if mature else None,
        "lost_rate": 1 - rate if mature and rate is not None and rate <= 1 else None,
        "rate_low": rate * 0.9 if told else None,
        "rate_high": min(1.0, rate * 1.1) if told else None,
        "mature": mature if stage in PERSONS else None,
    }


def _platform_funnel() -> list[dict]:
    return platform_funnel([row for row in _weekly_funnel() if row["level"] == "account"])


def _platform_steps() -> list[dict]:
    return platform_steps([row for row in _weekly_steps() if row["level"] == "account"])


def _tier_overlap() -> list[dict]:
    return [
        _week(monday)
        | {
            "stage": stage,
            "stage_order": STAGES.index(stage),
            "persons": _value(stage, 12.0, at),
            "sum_of_tiers": _value(stage, 12.0, at) + 30,
            "overlap": 30,
            "suppressed": None,
        }
        for at, monday in enumerate(WEEKS)
        for stage in PERSONS
    ]


def _key_figures() -> list[dict]:
    funnel, steps, found = _weekly_funnel(), _weekly_steps(), []
    for stage in STAGES:
        rows = [row for row in funnel if row["stage"] == stage]
        if stage in COUNTS:
            rows = [row | {"mature": True} for row in rows]
            found += figures(stage, "count", rows + by_platform(rows), "total", set())
        else:
            at_once = stage == "arrival"  # complete when their week is
            rows = [row | {"mature": at_once or row["mature"]} for row in rows]
            found += figures(stage, "persons", rows, "persons", {"persons"})
        rates = [row for row in steps if row["stage"] == stage]
        found += figures(stage, "rate", rates, "step_rate", set())
    cards = [row | {"mature": True} for row in _card_clicks()]
    found += figures("card_click", "count", cards, "clicks", set())
    bought = [row | {"mature": True} for row in _subscriptions()]
    found += figures("subscribers", "persons", bought, "customers", {"customers"})
    found += figures("subscription_amount", "yuan", bought, "amount_yuan", {"customers"})
    found += figures("followers", "count", _follower_weeks(), "followers", set())
    months = [row | {"week_starts": row["month"]} for row in _monthly_active() if row["complete"]]
    monthly = figures("mau", "persons", months, "mau", {"mau"}, months_back)
    nothing = {"period": "month", "usual_value": None, "usual_weeks": None, "against_usual": None}
    begun = _path(BANK) | {"metric": "mau", "kind": "persons", "starts_on": date(2026, 11, 1)}
    begun |= {"value": 9000.0, "change": -0.3, "mature": True}  # a month that is not over
    week = begun | {"period": "week", "starts_on": date(2026, 10, 1), "change": 0.99}
    return [*found, *(row | nothing for row in monthly), begun | {"period": "month"}, week]


def _expected_ranges() -> list[dict]:
    return expected(_key_figures())


def _follower_weeks() -> list[dict]:
    return [
        _week(monday)
        | place
        | {
            "followers": None
            if place["account_id"] == SILENT
            else round(weight * 50_000 + at * 90),
            "gained": 120,
            "lost": 150 if place["account_id"] == "wealth-gzh" else 30,
            "net": -30 if place["account_id"] == "wealth-gzh" else 90,
            "accounts_reporting": 5 if place["level"] == "bank" else 1,
            "accounts": 6 if place["level"] == "bank" else 1,
        }
        for at, monday in enumerate(WEEKS)
        for place, weight in _places()
    ]


def _monthly_active() -> list[dict]:
    rows = []
    for at, month in enumerate(MONTHS):
        for place, weight in _places():
            hidden = place["account_id"] == "sz-xhs"
            known = place["account_id"] != SILENT
            mau = None if hidden else round(weight * (900 + 20 * at))
            followers = round(weight * 50_000) if known else None
            ratio = mau / (weight * 50_000) if mau and known else None
            _, low, high = wilson(mau if ratio else 0, followers if ratio else 0)
            rows.append(
                place
                | {
                    "month": month,
                    "complete": month < date(2026, 11, 1),
                    "followers": followers,
                    "mau": mau,
                    "stable_mau": None if hidden else round(weight * 600),
                    "new_customers": None if hidden else round(weight * 80),
                    "followers_gained": round(weight * 2_000) if known else None,
                    "aum_yuan": None if hidden else Decimal(round(weight * 43_000_000)),
                    "aum_per_mau": None if hidden else Decimal("43123.45"),
                    "mau_per_follower": ratio,
                    "rate_low": low,
                    "rate_high": high,
                    "new_per_1000_gained": 40 - weight if known and not hidden else None,
                    "suppressed": "mau,stable_mau,new_customers,aum_yuan,aum_per_mau,"
                    "mau_per_follower,new_per_1000_gained"
                    if hidden
                    else None,
                }
            )
    return rows


def _mau_to_aum() -> list[dict]:
    rows = []
    for at, month in enumerate(MONTHS):
        for place, weight in _places():
            hidden = place["tier"] == "branch" and at == 1
            mature = month <= date(2026, 8, 1)
            rows.append(
                place
                | {
                    "month": month,
                    "days": 90,
                    "newly_active": round(weight * 50),
                    "reached": None if hidden else round(weight * (11 + at)),
                    "reached_rate": None if hidden else (11 + at) / 50,
                    "rate_low": None if hidden else (11 + at) / 50 - 0.3 / (weight + 2),
                    "rate_high": None if hidden else (11 + at) / 50 + 0.3 / (weight + 2),
                    "mature": mature,
                    "suppressed": "reached,reached_rate" if hidden else None,
                }
            )
    return rows


def _card_clicks() -> list[dict]:
    rows = []
    for at, monday in enumerate(WEEKS):
        for place, weight in _places():
            hidden = weight < 1
            clicks = round(_value("click", weight, at) * 0.6)
            rows.append(
                _week(monday)
                | place
                | {
                    "clicks": clicks,
                    "clickers": None if hidden else round(clicks * 0.4),
                    "applicants": None if hidden else round(clicks * 0.04),
                    "applicant_rate": None if hidden else 0.1,
                    "rate_low": None if hidden else 0.08,
                    "rate_high": None if hidden else 0.125,
                    "mature": _mature(monday),
                    "reads": _value("read", weight, at),
                    "clicks_per_1000_reads": clicks / _value("read", weight, at) * 1000,
                    "suppressed": "clickers,applicants,applicant_rate" if hidden else None,
                }
            )
    return rows


def _card_products() -> list[dict]:
    products = [("音乐节青年卡", 400), (f"车主卡{HOSTILE}", 220), ("跨境返现卡", 90), (None, 12)]
    return [
        _week(monday)
        | {
            "product": product,
            "level": "bank",
            "clicks": clicks + at,
            "clickers": None if clicks < 20 else clicks // 2,
            "suppressed": "clickers" if clicks < 20 else None,
        }
        for at, monday in enumerate(WEEKS)
        for product, clicks in products
    ]


def _subscriptions() -> list[dict]:
    rows = []
    for at, monday in enumerate(WEEKS):
        for place, weight in _places():
            customers = round(weight * (4 + at / 4))
            hidden = customers < 10
            rows.append(
                _week(monday)
                | place
                | {
                    "wealth_clicks": round(_value("click", weight, at) * 0.3),
                    "clickers": None if hidden else round(weight * 12),
                    "subscribed_clickers": None if hidden else round(weight * 2),
                    "subscribed_rate": None if hidden else 1 / 6,
                    "rate_low": None if hidden else 0.11,
                    "rate_high": None if hidden else 0.24,
                    "mature": _mature(monday),
                    "customers": None if hidden else customers,
                    "orders": None if hidden else customers + 3,
                    "amount_yuan": None if hidden else Decimal(customers * 51_234),
                    "pending_orders": 4,
                    "withdrawn_orders": 1,
                    "suppressed": "clickers,subscribed_clickers,subscribed_rate,customers,"
                    "orders,amount_yuan"
                    if hidden
                    else None,
                }
            )
    return rows


def _alerts() -> list[dict]:
    branch = ("unit", "branch", "branch-sz", "深圳分行", None, None, None)
    cards = ("account", *next(one for one in ACCOUNTS if HOSTILE in one[5])[:6])
    told = [
        (BANK, 0, "week", "arrival", "persons", 2, "below", 120, 225, 150, 300, 8, None, None),
        (branch, 0, "week", "arrival", "persons", 2, "below", 120, 225, 150, 300, 8, None, None),
        (branch, 0, "week", "click", "rate", 1, "above", 0.11, 0.031, 0.004, 0.08, 6, "read", None),
        (cards, 2, "day", "read", "count", 3, "above", 18119, 2093, 1003, 14365, 5, None, None),
        (cards, 3, "day", "grave_comments", "count", 3, "above", 1, 0, *[None] * 4, 1),
        (BANK, -1, "day", "read", "count", 3, "below", 10, 90, 50, 120, 8, None, None),
    ]
    names = (
        *("starts_on", "period", "metric", "kind", "severity", "direction", "value", "expected"),
        *("expected_low", "expected_high", "periods", "previous_stage", "security_comments"),
    )
    return [
        _path(path) | dict(zip(names, (LAST_MONDAY + timedelta(days=days), *row), strict=True))
        for path, days, *row in told
    ]


def _forecasts() -> list[dict]:
    return [
        {"metric": metric, "level": level, "tier": tier, "method": "damped", "trials": 188}
        | {"starts_on": LAST_MONDAY + timedelta(days=7 * ahead), "last_value": 2400.0}
        | {"value": 2653.4, "low": 2121.2, "high": 3184.9, "error": 123.2}
        for metric, level, tier in [
            ("mau", "bank", None),
            ("mau", "tier", "head_office"),
            ("mau", "account", "head_office"),
            ("followers", "bank", None),
        ]
        for ahead in range(1, 9)
    ]


def _content_posts() -> list[dict]:
    titles = ["攒钱第100天", HOSTILE, "=HYPERLINK(1)", "{{ 7*7 }}", '"><svg onload=alert(2)>', None]
    return [
        {
            "post_id": f"n{at:02d}",
            "account_id": ACCOUNTS[at % 6][4],
            "account_name": ACCOUNTS[at % 6][5],
            "tier": ACCOUNTS[at % 6][0],
            "platform": ACCOUNTS[at % 6][3],
            "title": titles[at % len(titles)],
            "form": "video" if at % 2 else "image_text",
            "published_on": LAST_MONDAY - timedelta(days=at),
            "exported_at": datetime(2026, 11, 16, 2, 0),
            "impressions": None if at == 3 else 90_000 - at * 800,
            "reads": 12_000 - at * 100,
            "engagement": None if at == 3 else 900 - at,
            "engagement_rate": None if at == 3 else (900 - at) / (12_000 - at * 100),
            "followers_gained": 12 - at,
            "clicks": 90 - at,
            "reads_last_week": None if at == 17 else 8_000 - at * 300,
            "source_file": f"inbox/{ACCOUNTS[at % 6][4]}/笔记列表明细表.xlsx",
            "source_sheet": "Sheet1",
            "source_line": at + 2,
        }
        for at in range(18)
    ]


def _data_freshness() -> list[dict]:
    rows = []
    for at, account in enumerate(ACCOUNTS):
        late = account[4] == SILENT
        rows.append(
            {
                "dataset": "xiaohongshu_notes" if at % 2 else "wechat_official_articles",
                "account_id": account[4],
                "account_name": account[5],
                "tier": account[0],
                "platform": account[3],
                "last_day": None if late else date(2026, 11, 15),
                "exported_at": None if late else datetime(2026, 11, 16, 2, 0),
                "days_behind": None if late else 1,
                "status": "missing" if late else "current",
                "files": 0 if late else 13,
                "delivered": 0 if late else 400,
                "landed": 0 if late else 390,
                "repeated": 0 if late else 8,
                "refused": 0 if late else 2,
                "erased": 0 if late else 3,
            }
        )
    last = {"last_day": date(2026, 11, 1), "days_behind": 14, "status": "overdue"}
    return [*rows, rows[0] | last | {"dataset": "wechat_official_reads_daily"}]


def _waiting_files() -> list[dict]:
    files = [
        (
            "cd-dy/2026-11-16/作品列表.xlsx",
            "held",
            "480 篇中 412 篇与 hq-xhs 相同",
            "412 of its 480 are hq-xhs's",
            480,
        ),
        (
            f"sz-xhs/{HOSTILE}.docx",
            "unknown",
            "压缩包，不是已声明的来源",
            "a zip archive of no declared source",
            None,
        ),
    ]
    return [
        dict(zip(("source_file", "kind", "reason", "reason_en", "delivered"), file, strict=True))
        for file in files
    ]


def _ambiguous_posts() -> list[dict]:
    shared = {
        "account_id": "sz-xhs",
        "account_name": "深圳<b>分行</b>&朋友",
        "platform": "xiaohongshu",
        "published_at": datetime(2026, 11, 10, 9, 30),
        "form": "video",
        "ambiguous_since": datetime(2026, 11, 16, 9, 0),
        "source_file": "sz-xhs/2026-11-16/笔记列表明细表.xlsx",
        "source_sheet": "Sheet1",
    }
    titles = [("同题一", "same_moment", 7), (f"同题二{HOSTILE}", "maybe_renamed", 8)]
    return [
        shared | {"title": title, "why": why, "source_line": line} for title, why, line in titles
    ]


def _run() -> list[dict]:
    return [
        {
            "as_of": date(2026, 11, 16),
            "report_week": WEEK,
            "week_starts": LAST_MONDAY,
            "publish_id": "f1x7ure0",
            "bank_name": "江屿银行（虚构）",
        }
    ]


def _parameters() -> list[dict]:
    rows = [
        {"name": "funnel_window_days", "value": "30", "meaning_zh": "人群漏斗窗口"},
        {"name": "follower_stay_days", "value": "30", "meaning_zh": "粉丝质量"},
        {"name": "homogeneity_days", "value": "90", "meaning_zh": "同质化"},
        {"name": "overdue_days", "value": "8", "meaning_zh": "数据逾期：超过此天数"},
        {"name": "posting_least", "value": "5", "meaning_zh": "发布时间：少于此篇数置灰"},
        {"name": "review_least", "value": "10", "meaning_zh": "审稿：少于此篇数不展示"},
        {"name": "small_cell", "value": "10", "meaning_zh": "小单元"},
        {"name": "watch_spreads", "value": "4.0", "meaning_zh": "预警：几个离散度"},
        {"name": "small_n", "value": "30", "meaning_zh": "小样本"},
        {"name": "attribution_lookback_days", "value": "30", "meaning_zh": "归因回看"},
    ]
    return [row | {"meaning_en": row["name"].replace("_", " ")} for row in rows]


def _consent_coverage() -> list[dict]:
    return [{"customers": 20_000, "consented": 16_400, "coverage": 0.82, "suppressed": None}]


def _consent_reasons() -> list[dict]:
    counts = {"expired": 400, "counted": 16_400, None: 20_000, "never_asked": 3_188}
    told = [{"reason": reason, "customers": n, "suppressed": None} for reason, n in counts.items()]
    hidden = {"customers": None, "suppressed": "customers"}
    return [*told, {"reason": "tied"} | hidden, {"reason": "withdrawn"} | hidden]


def _definitions() -> list[dict]:
    metrics = [
        *STAGES,
        "alert",
        "bridge",
        "expected",
        "forecast",
        "mau",
        "mau_per_follower",
        "mau_to_aum",
        "overlap",
        "step_rate",
    ]
    versions = [(metric, 1, date(2026, 1, 1)) for metric in metrics]
    versions += [("read", 2, date(2026, 6, 1)), ("read", 3, date(2027, 1, 1))]
    return [
        {
            "metric": metric,
            "version": version,
            "valid_from": valid_from,
            "name_zh": f"{metric}的名称",
            "name_en": metric,
            "meaning_zh": f"{metric}的含义，第 {version} 版",
            "meaning_en": metric,
            "unit": "count",
            "base": None,
            "table_name": "weekly_funnel",
            "column_name": "total",
        }
        for metric, version, valid_from in versions
    ]


def _weekly_evidence() -> list[dict]:
    return []
