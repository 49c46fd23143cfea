"""How many of a week's new arrivals come back: cohorts of the bank by age, and the tiers."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pipeline.periods import week_name
from pipeline.report import cells, formats
from pipeline.report.facts import Facts
from pipeline.report.facts.people import PART_AGE
from pipeline.report.facts.people_rows import Retention
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.view import Figure, Section, Table

OPEN = "这一周还没有过完"
SHADES = 5  # seq-1 … seq-5 of the tokens, the lightest for the lowest rates


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    cohorts = facts.people.cohorts
    blocks: list[list[Table | Figure]] = [[_cohorts(cohorts, "bounded_rate")], [_tiers(facts)]]
    if facts.week.is_report_week:  # who came back later is not known of an older week as it was
        blocks.append([_cohorts(cohorts, "unbounded_rate")])
    return Section(
        id="retention",
        kicker=say("群组留存"),
        title=title,
        lede=say(
            "一周首次到达的客户为一批。当期留存率：恰在第 N 周登录过的占比；"
            "持续留存率：第 N 周或其后任一周登录过的占比，越近的批次“其后”越短，只宜同龄相比。"
        ),
        metric="bounded_retention",
        blocks=blocks,
    )


def title(facts: Facts) -> str:
    """Compare the newest cohort of the chosen age with the one before it."""
    known = [row for row in _own(facts.people.part_cohorts) if told(row)]
    if not known:
        hidden = any(row.hides("bounded_rate") for row in _own(facts.people.part_cohorts))
        why = "满 {n} 周的各批到达客户人数都过少" if hidden else "还没有一批到达客户满 {n} 周"
        return say(why, n=PART_AGE)
    row = known[-1]
    values = {
        "week": _week(row.cohort_starts),
        "n": PART_AGE,
        "rate": formats.rate(row.bounded_rate),
    }
    if len(known) == 1:
        return say("{week} 到达的客户，第 {n} 周有 {rate} 登录", **values)
    before = formats.rate(known[-2].bounded_rate)
    return say(
        "{week} 到达的客户，第 {n} 周有 {rate} 登录；前一批 {before}", **values, before=before
    )


def _own(rows: Sequence[Retention]) -> list[Retention]:
    return [row for row in rows if row.part is None]


def told(row: Retention) -> bool:
    """Whether the rate of a cohort may be shown."""
    return row.bounded_rate is not None and not row.hides("bounded_rate")


def _week(starts: date) -> str:
    return week_name(starts).partition("-")[2]


def _cohorts(rows: Sequence[Retention], column: str) -> Table:
    ages, lines = by_age(rows, column, _week, say(OPEN))
    bounded = column == "bounded_rate"
    return Table(
        id="retention-cohorts" if bounded else "retention-unbounded",
        title=say("当期留存率，各批次") if bounded else say("展开持续留存率，各批次"),
        head=(say("到达周"), say("到达人数"), *(say("第 {n} 周", n=age) for age in ages)),
        rows=lines,
        note=say("第 0 周为到达当周；底色越重越高，空格为尚未过完的周。"),
        metric="bounded_retention" if bounded else "unbounded_retention",
        folded=not bounded,
    )


def by_age(
    rows: Sequence[Retention], column: str, named: Callable[[date], str], why: str
) -> tuple[range, list[list[Cell]]]:
    """Give the ages, and a line for each cohort: its name, its size, its rate at each of them.

    `why` is said of an age that is not over.
    """
    found = {(row.cohort_starts, row.age): row for row in rows}
    ages = range(max((row.age for row in rows), default=-1) + 1)
    shade = _shades(rows, column)
    lines = [
        [
            formats.text(named(start)),
            _size(found.get((start, 0))),
            *(_rate(found.get((start, age)), column, shade, why) for age in ages),
        ]
        for start in sorted({row.cohort_starts for row in rows})
    ]
    return ages, lines


def by_part(facts: Facts, why: str) -> tuple[list[date], list[list[Cell]]]:
    """Give the cohorts' days, and a line for each part and the place: its rate in each of them.

    Each rate has its interval below it: what tiers differ by may be chance.
    """
    rows = facts.people.part_cohorts
    starts = sorted({row.cohort_starts for row in rows})
    shade = _shades(rows, "bounded_rate")
    lines = []
    for part in (*facts.parts, None):
        found = {row.cohort_starts: row for row in rows if row.part == part}
        if found:
            rates = [_with_interval(found.get(start), shade, why) for start in starts]
            lines.append([formats.text(facts.name(part)), *rates])
    return starts, lines


def _size(row: Retention | None) -> Cell:
    """How many customers a cohort has."""
    return cells.cell(row.cohort_size if row else None, formats.exact, row, "cohort_size")


def _shades(rows: Sequence[Retention], column: str) -> Callable[[float], str]:
    """Give the shade of a rate: equal steps from the lowest to the highest one shown."""
    shown = [value for row in rows if (value := _shown(row, column)) is not None]
    low, high = min(shown, default=0.0), max(shown, default=0.0)
    step = (high - low) / SHADES or 1
    return lambda value: f"seq-{min(SHADES, 1 + int((value - low) / step))}"


def _shown(row: Retention, column: str) -> float | None:
    return None if row.hides(column) else getattr(row, column)


def _rate(row: Retention | None, column: str, shade: Callable[[float], str], why: str) -> Cell:
    """A rate on its shade; what is not over stays blank, and `why` says so."""
    if row is None or (getattr(row, column) is None and not row.hides(column)):
        return Cell("", "missing", why)
    value = _shown(row, column)
    if value is None:
        return cells.withheld()
    return Cell(formats.rate(value), shade(value), sort=repr(value))


def _with_interval(row: Retention | None, shade: Callable[[float], str], why: str) -> Cell:
    shown = _rate(row, "bounded_rate", shade, why)
    spread = formats.interval(row.bounded_low, row.bounded_high) if row and shown.sort else ""
    return replace(shown, note=spread)


def _tiers(facts: Facts) -> Table:
    starts, lines = by_part(facts, say(OPEN))
    return Table(
        id="retention-tiers",
        title=say("到达后第 {n} 周的当期留存率，各层级", n=PART_AGE),
        head=(say("层级"), *(_week(start) for start in starts)),
        rows=lines,
        note=say(
            "各列为到达周，小字为 95% 区间；{last} 之后的批次还不满 {n} 周。",
            last=_last(facts),
            n=PART_AGE,
        ),
        metric="bounded_retention",
    )


def _last(facts: Facts) -> str:
    """The newest week whose arrivals had reached the chosen age by the end of the week shown."""
    return _week(facts.week.starts - timedelta(days=7 * PART_AGE))
