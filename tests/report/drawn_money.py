"""Credit, cost, model and experiments, drawn by hand, with withheld, open and unread ones."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from tests.report.drawn_people import BANK, PATH, tier

RULES = (
    "last_touch",
    "first_touch",
    "linear",
    "time_decay",
    "position_based",
    "markov",
    "shapley",
)
HOSTILE = "活动</script><img src=x onerror=alert(1)>"


def _attribution_models() -> list[dict]:
    """September is mature, October is not; a platform is withheld, one of its rules is not."""
    rows = []
    for month, mature in ((date(2026, 8, 1), True), (date(2026, 9, 1), True)):
        rows += [*_kind(month, mature, "new_customer"), *_kind(month, mature, "card_application")]
    return [*rows, *_kind(date(2026, 10, 1), False, "new_customer")]


def _kind(month: date, mature: bool, kind: str) -> list[dict]:
    apart = 0.15 if kind == "card_application" else 0.01
    channels = [
        ("tier", "line", 0.4, 0.01),
        ("tier", "(none)", 0.211, 0.0),
        ("platform", "xiaohongshu", 0.2, apart),
        ("platform", "weibo", None, 0.0),
        ("platform", "douyin", 0.0, 0.0),
        ("platform", "(none)", 0.211, 0.0),
        ("platform", None, 1.0, 0.0),
    ]
    rows = []
    for dimension, channel, share, spread in channels:
        for rule in RULES:
            given = None if share is None else share + (spread if rule == "first_touch" else 0)
            rows.append(
                {"month": month, "mature": mature, "kind": kind, "dimension": dimension}
                | {"channel": channel, "rule": rule, "share": given}
                | {"conversions": None if share is None else 498}
                | {"suppressed": "customers" if share is None else None}
            )
    return rows


def _acquisition_costs() -> list[dict]:
    """July had no spend; of branches the new customers are withheld; November is not over."""
    rows = []
    for month, spend in ((7, None), (8, 1), (9, 2), (10, 3), (11, 4)):
        day = {"month": date(2026, month, 1), "complete": month < 11}
        for place, cac in ((BANK, 500), (tier("head_office"), 900), (tier("line"), 450)):
            rows.append(
                place
                | day
                | {"arrivals": 432, "new_customers": 188}
                | {"spend_yuan": spend and Decimal(1000 * spend)}
                | {"yuan_per_arrival": spend and Decimal("283.56")}
                | {"cac_yuan": spend and Decimal(cac + month)}
                | {"yuan_per_10k_aum": spend and Decimal(cac + month) / 2}
            )
    branch = {"spend_yuan": Decimal(700), "arrivals": 55, "suppressed": "new_customers"}
    account = {"level": "account", "tier": "line", "platform": "wechat_official"}
    account |= {"account_id": "wealth-gzh", "account_name": "财富管理"}
    october = {"month": date(2026, 10, 1), "complete": True}
    return [
        *rows,
        tier("branch") | october | branch,
        account | october | {"spend_yuan": Decimal(321), "arrivals": 21, "new_customers": 0},
    ]


def _campaign_returns() -> list[dict]:
    """One campaign with a return, one withheld, one without balances; the rest is not over."""
    known = {"spend_yuan": Decimal("16788.08"), "arrivals": 123, "new_customers": 48}
    known |= {"cac_yuan": Decimal("349.75"), "subscribed_yuan": Decimal(21000)}
    whole = known | {"return_yuan": Decimal("558.85"), "roi": -0.967, "mature": True}
    hidden = {"spend_yuan": Decimal(500), "arrivals": 35, "mature": True}
    hidden |= {"suppressed": "new_customers,subscribers", "why_not": "no_balances"}
    told = [
        ("CMP-1", HOSTILE, date(2026, 8, 24), 30, whole),
        (
            "CMP-1",
            HOSTILE,
            date(2026, 8, 24),
            60,
            known | {"mature": True, "why_not": "return_not_set"},
        ),
        ("CMP-1", HOSTILE, date(2026, 8, 24), 90, {"mature": False, "why_not": "immature"}),
        ("CMP-2", "抽奖", date(2026, 10, 12), 30, hidden),
        ("CMP-2", "抽奖", date(2026, 10, 12), 60, {"mature": False, "why_not": "immature"}),
        ("CMP-2", "抽奖", date(2026, 10, 12), 90, {"mature": False, "why_not": "immature"}),
    ]
    names = ("campaign_id", "campaign_name", "starts_on", "horizon_days")
    return [dict(zip(names, row[:4], strict=True)) | row[4] for row in told]


def _channel_mix() -> list[dict]:
    """Two platforms with a curve, one with too few weeks, and all together."""
    names = ("spend_yuan", "suggested_yuan", "suggested_yuan_low", "suggested_yuan_high")
    gains = ("gain", "gain_low", "gain_high")
    told = [
        ("xiaohongshu", (14_101.57, 9_179.53, 8_485.52, 13_850.99), (-7.6, -9.2, -5.5)),
        ("douyin", (1_343.48, 2_377.58, 1_384.35, 2_377.58), (2.1, 1.6, 2.4)),
        (None, (15_445.05, 15_445.05, 15_445.05, 15_445.05), (2.03, 0.22, 4.04)),
    ]
    rows = [
        {"channel": channel, "weeks": 13, "customers": 347}
        | dict(zip(names, spend, strict=True))
        | dict(zip(gains, gain, strict=True))
        for channel, spend, gain in told
    ]
    return [*rows, {"channel": "zhihu", "weeks": 3, "customers": 25, "why_not": "too_few_weeks"}]


def _channel_curves() -> list[dict]:
    """A curve of three points for each platform that has one."""
    return [
        {"channel": channel, "point": point, "spend_yuan": point * most}
        | {"expected": 5.5 * point, "expected_low": 4.0 * point, "expected_high": 7.0 * point}
        for channel, most in (("xiaohongshu", 8_714.5), ("douyin", 1_188.5))
        for point in range(3)
    ]


def _experiments() -> list[dict]:
    """One read once, one read on any day, one whose split does not fit, one withheld."""
    numbers = {"assigned": 866, "observed": 843, "converted": 395, "rate": 0.4561}
    numbers |= {"rate_low": 0.4232, "rate_high": 0.4894, "ratio_p": 0.578, "mature": True}
    found = {"difference": 0.1014, "detectable": 0.0648}
    newcombe = found | {"difference_low": 0.0549, "difference_high": 0.1473}
    always = found | {"sequential_low": -0.194, "sequential_high": 0.1042, "mature": False}
    split = {"why_not": "ratio_mismatch", "ratio_p": 0.000145}
    few = dict.fromkeys(("assigned", "observed", "converted", "rate"))
    few |= {"suppressed": "assigned,observed,converted", "why_not": "too_few", "ratio_p": None}
    told = [
        ("EXP-1", "fixed", "old", True, numbers),
        ("EXP-1", "fixed", "new", False, numbers | newcombe),
        ("EXP-2", "sequential", "push", False, numbers | always),
        ("EXP-3", "fixed", "new", False, numbers | split),
        ("EXP-4", "fixed", "few", False, numbers | few),
    ]
    names = ("experiment_id", "look_rule", "variant", "is_control")
    return [
        {"experiment_name": f"实验{row[0]}", "starts_on": date(2026, 9, 7)}
        | dict(zip(names, row[:4], strict=True))
        | row[4]
        for row in told
    ]


MONEY: dict[str, tuple[str, Callable[[], list[dict]]]] = {
    "attribution_models": (
        "month date, mature boolean, kind varchar, dimension varchar, channel varchar, "
        "rule varchar, customers bigint, conversions bigint, paths bigint, credits double, "
        "share double, removal_effect double, suppressed varchar",
        _attribution_models,
    ),
    "acquisition_costs": (
        f"month date, complete boolean, {PATH}, spend_yuan decimal(18, 2), arrivals bigint, "
        "new_customers bigint, aum_yuan decimal(18, 2), yuan_per_arrival decimal(18, 2), "
        "cac_yuan decimal(18, 2), yuan_per_10k_aum decimal(18, 2), suppressed varchar",
        _acquisition_costs,
    ),
    "campaign_returns": (
        "campaign_id varchar, campaign_name varchar, starts_on date, horizon_days integer, "
        "mature boolean, spend_yuan decimal(18, 2), arrivals bigint, new_customers bigint, "
        "cac_yuan decimal(18, 2), subscribed_yuan decimal(18, 2), return_yuan decimal(18, 2), "
        "roi double, why_not varchar, suppressed varchar",
        _campaign_returns,
    ),
    "channel_mix": (
        "channel varchar, weeks bigint, customers bigint, spend_yuan double, "
        "suggested_yuan double, suggested_yuan_low double, suggested_yuan_high double, "
        "gain double, gain_low double, gain_high double, why_not varchar, suppressed varchar",
        _channel_mix,
    ),
    "channel_curves": (
        "channel varchar, point bigint, spend_yuan double, expected double, "
        "expected_low double, expected_high double, suppressed varchar",
        _channel_curves,
    ),
    "experiments": (
        "experiment_id varchar, experiment_name varchar, look_rule varchar, starts_on date, "
        "mature boolean, variant varchar, is_control boolean, assigned bigint, observed bigint, "
        "converted bigint, rate double, rate_low double, rate_high double, difference double, "
        "difference_low double, difference_high double, sequential_low double, "
        "sequential_high double, detectable double, ratio_p double, why_not varchar, "
        "suppressed varchar",
        _experiments,
    ),
}
