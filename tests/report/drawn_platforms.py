"""The weekly funnel by platform, of all tiers and within each, drawn from the accounts' rows."""

from collections import defaultdict


def platform_funnel(accounts: list[dict]) -> list[dict]:
    """Sum the accounts' counts and persons; persons of whom a part is withheld are withheld."""
    rows = []
    for (week, monday, tier, platform, stage), parts in _sorted(accounts).items():
        totals = [row["total"] for row in parts if row["total"] is not None]
        persons = [row["persons"] for row in parts]
        is_hidden = any(row["suppressed"] for row in parts)
        of_persons = any(row["persons"] is not None or row["suppressed"] for row in parts)
        rows.append(
            _path(tier, platform)
            | {
                "week": week,
                "week_starts": monday,
                "stage": stage,
                "stage_order": parts[0]["stage_order"],
                "total": sum(totals) if totals else None,
                "persons": sum(persons) if of_persons and not is_hidden else None,
                "accounts_reporting": None if of_persons else len(totals),
                "accounts": None if of_persons else len(parts),
                "estimated": any(row["estimated"] for row in parts),
                "complete": all(row["complete"] for row in parts),
                "mature": parts[0]["mature"],
                "suppressed": "persons" if is_hidden else None,
            }
        )
    return rows


def platform_steps(accounts: list[dict]) -> list[dict]:
    """Give each platform the steps of its accounts taken together."""
    rows = []
    for (week, monday, tier, platform, stage), parts in _sorted(accounts).items():
        known = [row for row in parts if row["value"] is not None and row["n"]]
        value, n = (sum(row[name] for row in known) for name in ("value", "n"))
        rows.append(
            _path(tier, platform)
            | {name: parts[0][name] for name in ("stage_order", "previous_stage", "mature")}
            | {"week": week, "week_starts": monday, "stage": stage, "value": value or None}
            | {"last_week_value": None, "change": parts[0]["change"], "n": n or None}
            | _rates(value / n if n else None)
        )
    return rows


def _rates(rate: float | None) -> dict:
    if rate is None or rate > 1:
        return {"step_rate": rate} | dict.fromkeys(("lost_rate", "rate_low", "rate_high"))
    low, high = rate * 0.9, min(1.0, rate * 1.1)
    return {"step_rate": rate, "lost_rate": 1 - rate, "rate_low": low, "rate_high": high}


def _sorted(accounts: list[dict]) -> dict[tuple, list[dict]]:
    found = defaultdict(list)
    for row in accounts:
        for tier in (row["tier"], None):
            key = (row["week"], row["week_starts"], tier, row["platform"], row["stage"])
            found[key].append(row)
    return found


def _path(tier: str | None, platform: str) -> dict:
    level = "tier_platform" if tier else "platform"
    return {"level": level, "tier": tier, "platform": platform}
