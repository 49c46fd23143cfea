"""Customers as persons, drawn by hand: moves, states, cohorts, wealth; withheld and open ones too.

The report week 2026-W46 ends on 15 November: October is the latest month that is over.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

PATH = (
    "level varchar, tier varchar, unit_id varchar, unit_name varchar, "
    "platform varchar, account_id varchar, account_name varchar"
)
BANK = {"level": "bank"}
TIERS = ("head_office", "line", "branch", "unattributed")
MONTHS = [date(2026, month, 1) for month in range(8, 12)]
STATES = ("potential", "new", "active", "dormant", "lost")
LAST_MONDAY = date(2026, 11, 9)
FIRST_COHORT = date(2026, 10, 5)  # its arrivals are five weeks old when the report week ends


def tier(name: str) -> dict:
    """Where a tier's row stands."""
    return {"level": "tier", "tier": name}


def _monthly_moves() -> list[dict]:
    """What one month has retained and won, the next one retains or loses; branches are withheld."""
    names = ("new_active", "retained", "returned", "lost", "moved_in", "moved_out")
    bank = [(310, 900, 40, 100, 0, 0), (290, 1100, 60, 150, 0, 0)]
    bank += [(120, 1200, 50, 250, 0, 0), (80, 700, 20, 670, 0, 0)]
    rows = [
        BANK
        | {"month": month, "complete": month < MONTHS[-1]}
        | dict(zip(names, values, strict=True))
        for month, values in zip(MONTHS, bank, strict=True)
    ]
    october = {"month": MONTHS[2], "complete": True}
    office = dict(zip(names, (70, 800, 30, 160, 25, 15), strict=True))
    hidden = dict.fromkeys(names) | {"suppressed": "returned"}
    return [*rows, tier("head_office") | october | office, tier("branch") | october | hidden]


def _lifecycle() -> list[dict]:
    """Lost customers of branches are withheld; those of September are not known yet."""
    rows = []
    for month in MONTHS[1:3]:
        for place, size in ((BANK, 1000), (tier("head_office"), 600), (tier("branch"), 90)):
            for order, state in enumerate(STATES, 1):
                known = state != "lost" or month == MONTHS[2]
                hidden = known and state == "lost" and size == 90
                rows.append(
                    place
                    | {"month": month, "state": state, "state_order": order}
                    | {"customers": size + order if known and not hidden else None}
                    | {"suppressed": "customers" if hidden else None}
                )
    return rows


def _lifecycle_flow() -> list[dict]:
    """Nobody went from new to lost, some few from dormant to active."""
    flows = [("unknown", "new", 210), ("new", "active", 77), ("dormant", "active", None)]
    flows += [("new", None, 77), ("dormant", None, 33)]
    flows += [(None, "new", 210), (None, "active", 88)]
    names = ("from_state", "to_state", "customers")
    return [
        {"month": MONTHS[2], "suppressed": None if flow[2] else "customers"}
        | dict(zip(names, flow, strict=True))
        for flow in flows
    ]


def _rolling_active() -> list[dict]:
    """The Sundays of two weeks, the last of October; of branches day and share are withheld."""
    names = ("dau", "wau", "mau", "stickiness")
    rows = []
    days = ((date(2026, 11, 15), 0), (date(2026, 11, 8), 1), (date(2026, 10, 31), 2))
    for day, more in days:
        rows.append(
            BANK | {"day": day} | dict(zip(names, (216, 1086 + more, 2404, 0.0898), strict=True))
        )
        hidden = dict(zip(names, (None, 61, 232, None), strict=True))
        rows.append(tier("branch") | {"day": day, "suppressed": "dau"} | hidden)
    return rows


def _retention() -> list[dict]:
    """Six cohorts of the bank, each with its future weeks open; one rate is withheld."""
    rows = []
    for at in range(6):
        starts = FIRST_COHORT + timedelta(days=7 * at)
        for age in range(7):
            rows.append(BANK | _cohort(starts, age, 200 + at, at))
        rows.append(tier("line") | _cohort(starts, 4, 80, at))
    return [*rows, *_month_cohorts()]


def _month_cohorts() -> list[dict]:
    """Three months' arrivals of the bank, one rate withheld; November's is not shown."""
    told = [(8, 0, 0.35), (8, 1, 0.46), (8, 2, None), (8, 3, None), (9, 0, 0.42), (9, 1, 0.43)]
    told += [(9, 2, 0.99), (10, 0, 0.45), (10, 1, 0.99), (11, 0, 0.99)]
    month = {"cohort_type": "first_time", "period": "month", "cohort_size": 777}
    rows = [
        BANK | month | {"cohort_starts": date(2026, at, 1), "age": age, "bounded_rate": rate}
        for at, age, rate in told
    ]
    rows[2] |= {"suppressed": "active"}
    return [*rows, rows[5] | tier("line") | {"bounded_rate": 0.51}]


def _cohort(starts: date, age: int, size: int, at: int) -> dict:
    over = starts + timedelta(days=7 * age + 7) <= LAST_MONDAY + timedelta(days=7)
    hidden = (at, age) == (1, 2)
    active = 60 - 6 * age + at if over and not hidden else None
    since = 120 - 12 * age + at if over and not hidden else None
    return {
        "cohort_type": "first_time",
        "period": "week",
        "cohort_starts": starts,
        "age": age,
        "cohort_size": size,
        "active": active,
        "active_since": since,
        "bounded_rate": active / size if active else None,
        "bounded_low": active / size * 0.8 if active else None,
        "bounded_high": active / size * 1.25 if active else None,
        "unbounded_rate": since / size if since else None,
        "suppressed": "active,active_since" if hidden else None,
    }


def _wealth_tiers() -> list[dict]:
    """Gold holds most, platinum is withheld, diamond has nobody."""
    told = [
        ("mass", 0, 800, 0.8, Decimal("9600000"), 0.3, None),
        ("gold", 50_000, 150, 0.15, Decimal("16000000"), 0.5, None),
        ("platinum", 200_000, None, None, None, None, "customers,moved_up"),
        ("diamond", 500_000, 0, 0.0, None, None, None),
    ]
    rows = []
    for month in MONTHS[1:3]:
        for order, (name, least, customers, share, aum, part, suppressed) in enumerate(told):
            rows.append(
                BANK
                | {"month": month, "wealth_tier": name, "wealth_order": order, "from_yuan": least}
                | {"customers": customers, "customer_share": share, "aum_yuan": aum}
                | {"aum_share": part, "suppressed": suppressed, "watched": 12}
                | {"aum_per_customer": aum / customers if aum else None}
                | {"moved_up": None if suppressed else 31, "moved_down": None}
            )
    return rows


def _asset_changes() -> list[dict]:
    """Two cohorts; the second month of the later one is not over, a small one is withheld."""
    told = [
        (date(2026, 9, 1), 0, 195, Decimal("8238.45"), None),
        (date(2026, 9, 1), 1, 212, Decimal("-1468.50"), None),
        (date(2026, 10, 1), 0, None, None, "compared"),
        (date(2026, 10, 1), 1, 300, Decimal("1.00"), None),
    ]
    return [
        BANK
        | {"cohort_starts": starts, "age": age, "cohort_size": 400, "compared": compared}
        | {"change_per_customer": change, "suppressed": suppressed}
        for starts, age, compared, change, suppressed in told
    ]


def _product_penetration() -> list[dict]:
    """Deposits and funds; no balance tells of insurance, the tier's funds are withheld."""
    known = {"customers": 1000, "rate_low": 0.17, "rate_high": 0.2}
    return [
        BANK | known | {"month": MONTHS[2], "product": "deposits", "penetration": 0.869},
        BANK | known | {"month": MONTHS[2], "product": "funds", "penetration": 0.186},
        tier("line")
        | {"month": MONTHS[2], "product": "funds", "customers": 40, "suppressed": "holders"},
    ]


PEOPLE: dict[str, tuple[str, Callable[[], list[dict]]]] = {
    "monthly_moves": (
        f"month date, complete boolean, {PATH}, "
        "new_active bigint, retained bigint, returned bigint, lost bigint, moved_in bigint, "
        "moved_out bigint, suppressed varchar",
        _monthly_moves,
    ),
    "lifecycle": (
        f"month date, state varchar, state_order integer, {PATH}, customers bigint, "
        "suppressed varchar",
        _lifecycle,
    ),
    "lifecycle_flow": (
        "month date, from_state varchar, to_state varchar, customers bigint, suppressed varchar",
        _lifecycle_flow,
    ),
    "rolling_active": (
        f"day date, {PATH}, dau bigint, wau bigint, mau bigint, stickiness double, "
        "suppressed varchar",
        _rolling_active,
    ),
    "retention": (
        f"cohort_type varchar, period varchar, cohort_starts date, age bigint, {PATH}, "
        "cohort_size bigint, active bigint, active_since bigint, bounded_rate double, "
        "bounded_low double, bounded_high double, unbounded_rate double, suppressed varchar",
        _retention,
    ),
    "wealth_tiers": (
        f"month date, wealth_tier varchar, wealth_order bigint, from_yuan bigint, {PATH}, "
        "customers bigint, customer_share double, aum_yuan decimal(18, 2), aum_share double, "
        "aum_per_customer decimal(18, 2), watched bigint, moved_up bigint, moved_down bigint, "
        "suppressed varchar",
        _wealth_tiers,
    ),
    "asset_changes": (
        f"cohort_starts date, age bigint, {PATH}, cohort_size bigint, compared bigint, "
        "grown bigint, change_yuan decimal(18, 2), change_per_customer decimal(18, 2), "
        "suppressed varchar",
        _asset_changes,
    ),
    "product_penetration": (
        f"month date, product varchar, {PATH}, customers bigint, holders bigint, "
        "penetration double, rate_low double, rate_high double, suppressed varchar",
        _product_penetration,
    ),
}
