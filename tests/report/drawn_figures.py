"""Key figures beside their past, drawn from the rows of the other drawn tables."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median

WEEKS, LEAST = 8, 5
NOWHERE = ("unit_id", "unit_name", "account_id", "account_name")


def weeks_back(week: date, back: int) -> date:
    return week - timedelta(days=7 * back)


def months_back(month: date, back: int) -> date:
    year, at = divmod(month.year * 12 + month.month - 1 - back, 12)
    return date(year, at + 1, 1)


def figures(
    metric: str,
    kind: str,
    rows: list[dict],
    column: str,
    names: set[str],
    earlier: Callable[[date, int], date] = weeks_back,
) -> list[dict]:
    """Give the figures of one column; `names`, where suppressed names it, withholds it."""
    series = defaultdict(dict)
    for row in rows:
        place = tuple((key, row[key]) for key in ("level", "tier", *NOWHERE, "platform"))
        series[place][row["week_starts"]] = row
    return [
        dict(place) | _figure(metric, kind, week, weeks, column, names, earlier)
        for place, weeks in series.items()
        for week in weeks
    ]


def _figure(metric, kind, week, weeks, column, names, earlier) -> dict:
    def value(day):
        row = weeks.get(day)
        known = row is not None and row[column] is not None and row.get("mature") is not False
        return float(row[column]) if known else None

    now, before = weeks[week][column], value(earlier(week, 1))
    past = [value(earlier(week, back)) for back in range(1, WEEKS + 1)]
    known = [one for one in past if one is not None]
    mature = weeks[week].get("mature") is not False
    usual = median(known) if len(known) >= LEAST and mature else None
    hidden = names & set((weeks[week].get("suppressed") or "").split(","))
    return {
        "metric": metric,
        "kind": kind,
        "period": "week",
        "starts_on": week,
        "value": None if now is None else float(now),
        "previous_value": before,
        "change": float(now) / before - 1 if now is not None and before and mature else None,
        "usual_value": usual,
        "usual_weeks": len(known),
        "against_usual": float(now) / usual - 1 if now is not None and usual else None,
        "mature": mature,
        "complete": True,
        "suppressed": "value" if hidden else None,
    }


def by_platform(rows: list[dict]) -> list[dict]:
    """Sum the counts of accounts by platform, and by tier and platform."""
    sums = defaultdict(lambda: None)
    for row in rows:
        if row["level"] == "account":
            for tier in (row["tier"], None):
                key = (row["week"], row["week_starts"], tier, row["platform"])
                if row["total"] is not None:
                    sums[key] = (sums[key] or 0) + row["total"]
    return [
        dict.fromkeys(NOWHERE)
        | {"level": "tier_platform" if tier else "platform", "tier": tier, "platform": platform}
        | {"week": week, "week_starts": monday, "total": total}
        for (week, monday, tier, platform), total in sums.items()
    ]


def expected(found: list[dict]) -> list[dict]:
    """One spread for each tenth of the usual."""
    columns = ("period", "starts_on", "level", "tier", *NOWHERE, "platform", "metric", "kind")
    return [
        {name: row[name] for name in columns} | {"distance": row["against_usual"] * 10}
        for row in found
        if row["kind"] in ("count", "persons", "rate") and row.get("against_usual") is not None
        if row["metric"] not in ("card_click", "subscribers", "followers")
        if row["level"] in ("bank", "tier", "unit", "account")
    ]
