"""Two funnels drawn by hand: one whole, one of a bank's own with a withheld and a missing step."""

from datetime import date

BANK = ("bank", None, None, None, None, None, None)
BRANCH = ("branch", *[None] * 5)
PATH = ("level", "tier", "unit_id", "unit_name", "platform", "account_id", "account_name")
CARD = (("click", 400), ("card_application", 60), ("card_approved", 45), ("card_first_use", 30))
OWN = (("click", 120), ("vip_day", None), ("login", 24))


def funnel_steps() -> list[dict]:
    """The steps of both funnels in September, mature, and of the first in October, not yet."""
    september, october = date(2026, 9, 1), date(2026, 10, 1)
    return [
        *_steps("card", "信用卡", september, CARD, BANK, mature=True),
        *_steps("card", "信用卡", september, CARD[:1], ("tier", *BRANCH), mature=True),
        *_steps("card", "信用卡", october, CARD, BANK, mature=False),
        *_steps("vip", "<b>贵宾</b>日", september, OWN, BANK, mature=True),
    ]


def _steps(
    funnel: str, name: str, month: date, steps: tuple, path: tuple, *, mature: bool
) -> list[dict]:
    """Rates of the step before and of the first; where persons are withheld there are none."""
    entered, rows = steps[0][1], []
    for at, (event, persons) in enumerate(steps):
        came = steps[at - 1][1] if at else None
        rate = persons / came if persons and came else None
        total = persons / entered if persons else None
        rows.append(
            dict(zip(PATH, path, strict=True))
            | {
                "funnel": funnel,
                "funnel_name": name,
                "period": "month",
                "starts_on": month,
                "step": at + 1,
                "event": event,
                "persons": persons,
                "step_rate": rate,
                "step_low": rate and rate * 0.8,
                "step_high": rate and rate * 1.1,
                "total_rate": total,
                "total_low": total and total * 0.9,
                "total_high": total and min(1.0, total * 1.2),
                "median_seconds": at * 90_000 if at and persons else None,
                "p90_seconds": at * 400_000 if at and persons else None,
                "previous_persons": persons and persons // 2,
                "previous_rate": total,
                "mature": mature,
                "suppressed": None if persons else "persons",
            }
        )
    return rows
