"""What the page says as JSON, for programs: docs/REPORT.md lists every key.

Every number is there as it is stored and as the page writes it; one that the page does not show is
not in the file either.
"""

import json
import re
from typing import Any

from pipeline.report import cells, formats
from pipeline.report.facts import Facts
from pipeline.report.facts.period import Period, week_of
from pipeline.report.formats import Cell
from pipeline.report.language import spoken
from pipeline.report.sections import funnel
from pipeline.report.view import Briefing, Figure, Section, Table, Tile

SCHEMAS = {"week": "funnel-week/1", "month": "funnel-month/1"}
"""A number grows when a key is renamed or leaves; keys may be added at any time."""

_WHOLE = re.compile(r"-?\d+")


def as_json(facts: Facts, told: Briefing) -> str:
    """Give the JSON of one page; the same database gives the same text."""
    content = {
        "schema": SCHEMAS[facts.period.kind],
        "language": spoken(),
        "audience": "outside" if facts.for_outside else "inside",
        facts.period.kind: _period(facts.period),
        "run": {
            "publish_id": facts.run.publish_id,
            "as_of": facts.run.as_of,
            "bank_name": facts.run.bank_name,
        },
        "headline": told.headline,
        **_bridge(facts),
        "coverage": _cell(told.coverage),
        "findings": [vars(finding) for finding in told.findings],
        "tiles": [_tile(tile) for tile in told.tiles],
        "sections": [_section(section) for section in told.sections],
        "parameters": [vars(parameter) for parameter in facts.parameters],
        "definitions": [vars(definition) for definition in facts.definitions],
    }
    return json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n"


def raw(cell: Cell) -> int | float | str | None:
    """Give the stored value of a cell: a number, a text, or None where none is shown."""
    if cell.text in ("", formats.MISSING) or cell.state in ("missing", "suppressed"):
        return None
    if not cell.number:
        return cell.sort or cell.text
    if not cell.sort:
        return None
    return int(cell.sort) if _WHOLE.fullmatch(cell.sort) else float(cell.sort)


def _period(period: Period) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": period.name,
        "starts": period.starts,
        "ends": period.last_day,
        "before": period.before,
    }
    if period.kind == "month":
        return told
    week = week_of(period)
    return told | {
        "trend": week.trend,
        "mature_cohort": week.mature_cohort,
        "is_report_week": week.is_report_week,
    }


def _bridge(facts: Facts) -> dict[str, Any]:
    """Give the bridge of a week; a month has none published."""
    if facts.period.kind == "month":
        return {}
    return {"bridge": _cell(cells.cell(funnel.bridge(facts), formats.rate))}


def _cell(cell: Cell) -> dict[str, Any]:
    told = {"value": raw(cell), "text": cell.text}
    more = {"state": cell.state, "why": cell.why, "note": cell.note}
    return told | {name: words for name, words in more.items() if words}


def _tile(tile: Tile) -> dict[str, Any]:
    names = ("id", "label", "group", "metric", "compared", "pill")
    shown = _cell(tile.value)
    return {name: getattr(tile, name) for name in names} | {"value": shown}


def _section(section: Section) -> dict[str, Any]:
    names = ("id", "kicker", "title", "lede", "metric")
    blocks = [block for row in section.blocks for block in row]
    return {name: getattr(section, name) for name in names} | {
        "tables": [_table(block) for block in blocks]
    }


def _table(block: Table | Figure) -> dict[str, Any]:
    """Give a table, or the one behind a figure under the figure's own id and title."""
    table = block.data if isinstance(block, Figure) else block
    return {
        "id": block.id,
        "kind": block.kind,
        "title": block.title,
        "metric": block.metric,
        "note": block.caption if isinstance(block, Figure) else table.note,
        "head": table.head,
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }
