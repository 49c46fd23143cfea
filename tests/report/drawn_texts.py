"""Texts drawn by hand: findings, review, comments, themes and followers, with every odd case.

Rows a page must not show stand among them: other weeks, other levels, later months, rules of a
category, findings already fixed, weeks still being watched.
"""

from collections.abc import Callable
from datetime import date

HOSTILE = "</script><img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("http://x")'
WEEK, MONDAY = "2026-W46", date(2026, 11, 9)
SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in (9, 10, 11))
PATH = ["level", "tier", "unit_id", "unit_name", "platform", "account_id", "account_name"]
BANK = ("bank", *[None] * 6)
HEAD_OFFICE, LINE, BRANCH = (
    ("tier", tier, *[None] * 5) for tier in ("head_office", "line", "branch")
)
CARDS = ("account", "line", "cards", "信用卡部", "wechat_channels", "card-sph", f"信用卡{HOSTILE}")
WEALTH = ("account", "line", "wealth", "财富管理部", "wechat_official", "wealth-gzh", "财富管理")
_PATH = ", ".join(f"{name} varchar" for name in PATH)
_PLACE = "account_id varchar, account_name varchar, tier varchar, platform varchar"


def _rows(names: str, *drawn: tuple) -> list[dict]:
    """Rows by the names of their columns; `path` stands for where in the bank."""
    rows = []
    for values in drawn:
        row = dict(zip(names.split(), values, strict=True))
        rows.append(row | dict(zip(PATH, row.pop("path"), strict=True)) if "path" in row else row)
    return rows


def compliance_findings() -> list[dict]:
    names = (
        "week path category category_zh rule_id posts_reviewed posts_found found_share rate_low "
        "rate_high findings posts_fixed median_days_to_fix"
    )
    every = (None, None, None)
    return _rows(
        names,
        (WEEK, BANK, *every, 40, 3, 0.075, 0.0258, 0.199, 4, 1, 2.0),
        (WEEK, HEAD_OFFICE, *every, 20, 0, 0.0, 0.0, 0.1611, 0, 0, None),
        (WEEK, LINE, *every, 12, 1, 1 / 12, 0.0149, 0.354, 1, 0, None),
        (WEEK, BRANCH, *every, 8, 2, 0.25, 0.0715, 0.5907, 3, 1, 2.0),
        (WEEK, CARDS, *every, 12, 1, 1 / 12, 0.0149, 0.354, 1, 0, None),
        (WEEK, BANK, "promise_return", "变相承诺收益", None, 40, 2, 0.05, 0.01, 0.16, 3, 1, 2.0),
        (WEEK, BANK, "house", f"行规{HOSTILE}", None, 40, 1, 0.025, 0.004, 0.13, 1, 0, None),
        (WEEK, BANK, "promise_return", "变相承诺收益", "p.1", 40, 37, 0.9, 0.8, 0.99, 37, 1, 2.0),
        ("2026-W45", BANK, *every, 77, 66, 0.857, 0.7, 0.9, 66, 1, 2.0),
    )


def compliance_posts() -> list[dict]:
    names = (
        "post_id account_id account_name tier platform published_on title rule_id category "
        "category_zh verdict severity matched legal_basis reason suggestion found_on fixed_on "
        "days_to_fix days_open"
    )
    place = ("card-sph", f"信用卡{HOSTILE}", "line", "wechat_channels", date(2026, 11, 10))
    promise = ("p.1", "promise_return", "变相承诺收益", "violation", 3)
    house = ("h.1", "house", f"行规{HOSTILE}", "odd", 1)
    law = ("《办法》第十条", "不得明示保本", "改为业绩比较基准")
    found = date(2026, 11, 11)
    return _rows(
        names,
        ("n1", *place, HOSTILE, *promise, f"稳赚{HOSTILE}", *law, found, None, None, 5),
        ("n2", *place, FORMULA, *promise, "必涨", *law, found, None, None, 3),
        ("n3", *[None] * 5, None, *house, None, None, None, None, None, None, None, None),
        (
            "n4",
            *place,
            "已经改好的标题",
            *promise,
            "必赚",
            *law,
            found,
            date(2026, 11, 13),
            2,
            None,
        ),
    )


def compliance_repeats() -> list[dict]:
    names = (
        "account_id account_name tier platform category category_zh weeks_found posts_found "
        "posts_open first_week last_week"
    )
    promise = ("promise_return", "变相承诺收益")
    return _rows(
        names,
        ("card-sph", f"信用卡{HOSTILE}", "line", "wechat_channels", *promise, 4, 6, 2, WEEK, WEEK),
        ("gone", None, None, None, "house", "行规", 3, 3, 0, "2026-W39", "2026-W44"),
    )


def compliance_reviews() -> list[dict]:
    names = (
        "month complete path author submissions decided rejected sent_back rejection_rate rate_low "
        "rate_high corrected median_hours_to_fix rechecked missed miss_rate"
    )
    october = (OCTOBER, True)
    return _rows(
        names,
        (SEPTEMBER, True, BANK, None, 90, 76, 13, 14, 0.171, 0.103, 0.271, 31, 5.8, 11, 1, 1 / 11),
        (*october, BANK, None, 259, 219, 32, 40, 0.1461, 0.105, 0.199, 65, 7.72, 22, 4, 4 / 22),
        (*october, BANK, "human", 107, 92, 8, 15, 0.087, 0.045, 0.162, 21, 6.38, 12, 2, 2 / 12),
        (*october, BANK, "ai", 152, 127, 24, 25, 0.189, 0.13, 0.266, 44, 8.31, 10, 2, 0.2),
        (*october, LINE, None, 30, 25, 5, 5, 0.2, 0.089, 0.391, 3, 4.5, 4, 0, None),
        (*october, BRANCH, None, 6, 4, 1, 2, None, None, None, 0, None, 0, 0, None),
        (*october, CARDS, None, 888, 88, 8, 8, 0.88, 0.8, 0.9, 8, 8.8, 8, 8, None),
        (NOVEMBER, False, BANK, None, 777, 70, 7, 7, 0.77, 0.7, 0.8, 7, 7.7, 7, 7, None),
    )


def opinion() -> list[dict]:
    names = "week path aspect severity comments negative positive negative_share"
    return _rows(
        names,
        (WEEK, BANK, None, None, 56, 12, 20, 12 / 56),
        *((WEEK, BANK, None, at, n, n if at else 0, 0, None) for at, n in enumerate((44, 3, 7, 2))),
        (WEEK, BANK, "fraud", None, 2, 2, 0, 1.0),
        (WEEK, BANK, "fraud", 3, 2, 2, 0, 1.0),
        (WEEK, BANK, "service", None, 9, 6, 1, 2 / 3),
        (WEEK, BANK, "service", 0, 3, 0, 1, 0.0),
        (WEEK, BANK, "service", 1, 6, 6, 0, 1.0),
        (WEEK, LINE, None, None, 31, 9, 8, 9 / 31),
        (WEEK, LINE, None, 3, 2, 2, 0, 1.0),
        (WEEK, BRANCH, None, None, 25, 3, 12, 0.12),
        (WEEK, CARDS, None, 3, 2, 2, 0, 1.0),
        (WEEK, CARDS, "fraud", 3, 2, 2, 0, 1.0),
        (WEEK, CARDS, None, 2, 99, 99, 0, 1.0),
        ("2026-W45", BANK, None, None, 333, 33, 3, 0.333),
        ("2026-W45", WEALTH, None, 3, 66, 66, 0, 1.0),
    )


def opinion_answers() -> list[dict]:
    names = (
        "week path kind comments answered unanswered median_response_hours oldest_unanswered_days"
    )
    return _rows(
        names,
        (WEEK, BANK, "question", 14, 10, 4, 5.02, 6),
        (WEEK, BANK, "complaint", 12, 12, 0, 4.88, None),
        (WEEK, BRANCH, "question", 3, 0, 3, None, 6),
        (WEEK, CARDS, "question", 5, 4, 1, 3.5, 2),
        ("2026-W44", WEALTH, "complaint", 5, 4, 1, 3.5, 19),
        ("2026-W20", WEALTH, "complaint", 5, 4, 1, 3.5, 187),
        (WEEK, WEALTH, "question", 5, 5, 0, 3.5, None),
    )


def content_mix() -> list[dict]:
    names = (
        "month complete path dimension category posts share reads engagement_rate follow_rate "
        "click_rate"
    )
    october = (OCTOBER, True, BANK)
    return _rows(
        names,
        (*october, "theme", "knowledge", 60, 0.6, 61_265, 0.0517, 0.0094, 0.0317),
        (*october, "theme", "welfare", 27, 0.27, 22_981, 0.0393, None, 0.0412),
        (*october, "theme", "ip", 8, 0.08, 9_000, 0.05, 0.001, None),
        (*october, "theme", "vip<b>", 4, 0.04, 1_654, 0.0532, 0.0056, 0.0973),
        (*october, "theme", "other", 1, 0.01, None, None, None, None),
        (*october, "selling_form", "none", 100, 1.0, 93_246, 0.04, 0.009, 0.03),
        (OCTOBER, True, LINE, "theme", "knowledge", 55, 0.9, 6_000, 0.05, 0.009, 0.8),
        (NOVEMBER, False, BANK, "theme", "welfare", 70, 1.0, 7, 0.7, 0.7, 0.7),
    )


def content_variety() -> list[dict]:
    names = "month complete path dimension posts categories effective_number"
    return _rows(
        names,
        (OCTOBER, True, BANK, "theme", 100, 5, 2.26),
        (OCTOBER, True, BANK, "selling_form", 100, 1, 1.0),
        (OCTOBER, True, LINE, "theme", 61, 2, 1.3),
        (SEPTEMBER, True, BANK, "theme", 99, 9, 9.9),
    )


def homogeneity() -> list[dict]:
    names = (
        "month complete full_past path among posts near_duplicates duplicate_rate rate_low "
        "rate_high"
    )
    return _rows(
        names,
        (SEPTEMBER, True, False, BANK, "own_account", 90, 45, 0.5, 0.4, 0.6),
        (OCTOBER, True, True, BANK, "own_account", 100, 58, 0.58, 0.48, 0.67),
        (OCTOBER, True, True, BANK, "own_bank", 100, 96, 0.96, 0.9, 0.98),
        (OCTOBER, True, False, LINE, "own_account", 61, 48, 48 / 61, 0.67, 0.87),
        (NOVEMBER, False, True, BANK, "own_account", 7, 7, 1.0, 0.7, 1.0),
    )


def giveaway_weeks() -> list[dict]:
    names = (
        "path giveaway_weeks ordinary_weeks giveaway_gained ordinary_gained giveaway_stay_rate "
        "ordinary_stay_rate giveaway_known_weeks ordinary_known_weeks giveaway_customers "
        "ordinary_customers giveaway_per_1000 ordinary_per_1000 suppressed"
    )
    hidden = "giveaway_customers"
    few = (None, None, None, None, hidden)
    return _rows(
        names,
        (BANK, 3, 265, 530, 6_485, 0.41, 0.87, 2, 36, 40, 1_400, 75.5, 215.9, None),
        (LINE, 1, 102, 253, 2_566, None, 1.0, 0, 12, *few),
        (BRANCH, None, 106, None, 642, None, 0.763, None, 18, None, 334, None, 520.6, None),
    )


def follower_quality() -> list[dict]:
    names = (
        "week week_starts tier platform account_id account_name is_giveaway gained usual_lost "
        "lost_after stay_rate stay_missing"
    )
    watched = ("2026-W41", date(2026, 10, 5))
    line = ("line", "wechat_channels", "card-sph", f"信用卡{HOSTILE}")
    wealth = ("line", "wechat_official", "wealth-gzh", "财富管理")
    return _rows(
        names,
        (*watched, *line, True, 140, 12, 97, 0.41, None),
        (*watched, *wealth, False, 160, None, None, None, "no_losses"),
        ("2026-W40", date(2026, 9, 28), *line, False, 444, 4, 4, 0.44, None),
        ("2026-W42", date(2026, 10, 12), *line, False, 555, 5, 5, None, "young"),
    )


def posting_times() -> list[dict]:
    names = "level account_id weekday hour_from posts effect effect_low effect_high small"
    return _rows(
        names,
        ("bank", None, None, 6, 37, -0.033, -0.18, 0.142, False),
        ("bank", None, None, 9, 61, 0.21, 0.05, 0.38, False),
        ("bank", None, None, 12, 2, 0.9, None, None, True),
        ("bank", None, 1, None, 54, 0.037, -0.07, 0.159, False),
        ("bank", None, 1, 9, 6, 0.08, -0.176, 0.416, False),
        ("account", "card-sph", 1, 9, 6, 0.777, 0.7, 0.8, False),
    )


def works() -> list[dict]:
    names = "work_id title first_published_on posts platforms accounts forms reads engagement"
    day = date(2026, 10, 6)
    return _rows(
        names,
        ("w1", f"净值波动{HOSTILE}", day, 9, 7, 9, 3, 11_607, 363),
        ("w2", None, None, 2, 2, 2, 1, None, None),
        ("w3", "只发过一次", day, 1, 1, 1, 1, 99_999, 999),
    )


WILSON = "rate_low double, rate_high double"
TABLES: dict[str, tuple[str, Callable[[], list[dict]]]] = {
    "compliance_findings": (
        f"week varchar, {_PATH}, category varchar, category_zh varchar, rule_id varchar, "
        f"posts_reviewed bigint, posts_found bigint, found_share double, {WILSON}, "
        "findings bigint, posts_fixed bigint, median_days_to_fix double",
        compliance_findings,
    ),
    "compliance_posts": (
        f"post_id varchar, {_PLACE}, published_on date, title varchar, rule_id varchar, "
        "category varchar, category_zh varchar, verdict varchar, severity bigint, "
        "matched varchar, legal_basis varchar, reason varchar, suggestion varchar, "
        "found_on date, fixed_on date, days_to_fix bigint, days_open bigint",
        compliance_posts,
    ),
    "compliance_repeats": (
        f"{_PLACE}, category varchar, category_zh varchar, weeks_found bigint, "
        "posts_found bigint, posts_open bigint, first_week varchar, last_week varchar",
        compliance_repeats,
    ),
    "compliance_reviews": (
        f"month date, complete boolean, {_PATH}, author varchar, submissions bigint, "
        f"decided bigint, rejected bigint, sent_back bigint, rejection_rate double, {WILSON}, "
        "corrected bigint, median_hours_to_fix double, rechecked bigint, missed bigint, "
        "miss_rate double",
        compliance_reviews,
    ),
    "opinion": (
        f"week varchar, {_PATH}, aspect varchar, severity bigint, comments bigint, "
        "negative bigint, positive bigint, negative_share double",
        opinion,
    ),
    "opinion_answers": (
        f"week varchar, {_PATH}, kind varchar, comments bigint, answered bigint, "
        "unanswered bigint, median_response_hours double, oldest_unanswered_days bigint",
        opinion_answers,
    ),
    "content_mix": (
        f"month date, complete boolean, {_PATH}, dimension varchar, category varchar, "
        "posts bigint, share double, reads bigint, engagement_rate double, follow_rate double, "
        "click_rate double",
        content_mix,
    ),
    "content_variety": (
        f"month date, complete boolean, {_PATH}, dimension varchar, posts bigint, "
        "categories bigint, effective_number double",
        content_variety,
    ),
    "homogeneity": (
        f"month date, complete boolean, full_past boolean, {_PATH}, among varchar, posts bigint, "
        f"near_duplicates bigint, duplicate_rate double, {WILSON}",
        homogeneity,
    ),
    "giveaway_weeks": (
        f"{_PATH}, giveaway_weeks bigint, ordinary_weeks bigint, giveaway_gained bigint, "
        "ordinary_gained bigint, giveaway_stay_rate double, ordinary_stay_rate double, "
        "giveaway_known_weeks bigint, ordinary_known_weeks bigint, giveaway_customers bigint, "
        "ordinary_customers bigint, giveaway_per_1000 double, ordinary_per_1000 double, "
        "suppressed varchar",
        giveaway_weeks,
    ),
    "follower_quality": (
        f"week varchar, week_starts date, {_PLACE}, is_giveaway boolean, gained bigint, "
        "usual_lost bigint, lost_after bigint, stay_rate double, stay_missing varchar",
        follower_quality,
    ),
    "posting_times": (
        "level varchar, account_id varchar, weekday integer, hour_from integer, "
        "posts bigint, effect double, effect_low double, effect_high double, small boolean",
        posting_times,
    ),
    "works": (
        "work_id varchar, title varchar, first_published_on date, posts bigint, "
        "platforms bigint, accounts bigint, forms bigint, reads bigint, engagement bigint",
        works,
    ),
}
