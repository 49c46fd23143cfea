"""What only the page of a month reads, drawn by hand: figures, cards and first subscriptions.

October is the latest whole month: what stands in November must not be shown, nor what is of weeks.
"""

from collections.abc import Callable
from datetime import date

from tests.report.drawn_people import BANK, PATH, tier

SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in (9, 10, 11))


def _card_approvals() -> list[dict]:
    """The approvals of October still come; those of a tier are withheld."""
    names = ("month", "applicants", "applications", "approved", "approval_rate", "mature")
    told = [
        (SEPTEMBER, 62, 64, 44, 44 / 62, True),
        (OCTOBER, 70, 72, 49, 0.7, False),
        (NOVEMBER, 41, 41, 21, 21 / 41, False),
    ]
    hidden = {"month": OCTOBER, "mature": False, "suppressed": "applicants"}
    rows = [BANK | dict(zip(names, row, strict=True)) for row in told]
    return [*rows, tier("branch") | hidden]


def _repeat_subscriptions() -> list[dict]:
    """September has too few to show."""
    return [
        BANK | {"month": SEPTEMBER, "subscribers": None, "suppressed": "subscribers"},
        BANK | {"month": OCTOBER, "subscribers": 151},
    ]


MONTHLY: dict[str, tuple[str, Callable[[], list[dict]]]] = {
    "card_approvals": (
        f"month date, {PATH}, applicants bigint, applications bigint, approved bigint, "
        "approval_rate double, mature boolean, suppressed varchar",
        _card_approvals,
    ),
    "repeat_subscriptions": (
        f"month date, {PATH}, subscribers bigint, suppressed varchar",
        _repeat_subscriptions,
    ),
}
