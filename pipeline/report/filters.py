"""What the page's filter by tier and platform chooses from: all of it is in the page already.

The sections that follow are built again from the rows of each platform; the page is given only
what differs from what it says at first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

from pipeline.report import markup, words
from pipeline.report.facts import Facts
from pipeline.report.formats import Cell
from pipeline.report.place import NOT_OURS
from pipeline.report.sections import funnel, trend
from pipeline.report.tiles import slices
from pipeline.report.view import Figure, Section, Table, Tile

SLICED = {"funnel": funnel, "trend": trend}  # besides these, rows and cells are hidden or marked
UNCHANGED = 0


def offered(facts: Facts) -> bool:
    """Whether there is anything to choose: on the page of a week of the bank."""
    return facts.is_bank and facts.period.kind == "week"


def choices(facts: Facts) -> dict[str, list[tuple[str, str]]]:
    """Give the tiers and platforms to choose from, by code, with their names."""
    platforms = {row.platform for row in facts.figure_history if row.platform} - {*NOT_OURS}
    return {
        "tiers": [(part, facts.name(part)) for part in facts.own_parts],
        "platforms": [(code, words.platform(code) or code) for code in sorted(platforms)],
    }


def embedded(
    facts: Facts, sections: Sequence[Section], macros: Any, common: Sequence[str]
) -> Markup:
    """Give what each choice changes, as page.js takes it.

    `slices` by tier and platform: the tiles whole, of figures the changes to make to them, of
    tables the cells. `cells` holds the cells that are more than a number; tables name their places.
    `macros` are those of macros.html, `common` the reasons that stand once on the page.
    """
    found: dict[str, dict[str, Any]] = {
        one.key: {"tiles": {tile.id: _swapped(tile) for tile in one.tiles}} for one in slices(facts)
    }
    shown = {one.id: one for one in _blocks(section for section in sections if _sliced(section))}
    written = _Written(macros, common)
    for platform in (None, *(code for code, _ in choices(facts)["platforms"])):
        told = _narrowed(facts, platform)
        if platform:
            found.setdefault(f"|{platform}", {}).update(_changed(told, shown, written))
        of_all = {one.id: one for one in trend.figures(told) if one.id in shown}
        for tier in told.own_parts:
            if platform is None or any(row.part == tier for row in told.stages):
                key = f"{tier}|{platform or ''}"
                found.setdefault(key, {})["figures"] = _of_tier(told, tier, of_all, written)
    return markup.embedded({"slices": found, "cells": list(written.cells)})


def _swapped(tile: Tile) -> list[str]:
    """What of a tile changes with the slice, in the order page.js takes it."""
    state = tile.value.state
    words_of = (tile.value.text, tile.raw, state, tile.group, tile.pill, tile.compared, tile.rate)
    return [*words_of, tile.usual, tile.spark]


def _sliced(section: Section) -> bool:
    return section.id in SLICED


def _blocks(sections: Iterator[Section] | Sequence[Section]) -> Iterator[Table | Figure]:
    return (block for section in sections for row in section.blocks for block in row)


def _narrowed(facts: Facts, platform: str | None) -> Facts:
    """The facts as if the bank had one platform; only what the sliced sections read."""
    if platform is None:
        return facts
    bridge = funnel.bridge(facts)  # of the whole bank, wherever it is told
    rows = [row for row in facts.platform_stages if row.platform == platform]
    stages = [replace(row, bridge=bridge) for row in rows]
    return replace(
        facts,
        place=replace(facts.place, platform=platform),
        stages=[*stages],
        year=[*stages],
        steps=[row for row in facts.platform_steps if row.platform == platform],
        overlaps=[],
    )


def _changed(told: Facts, shown: dict[str, Table | Figure], written: "_Written") -> dict[str, Any]:
    """What a platform changes in the figures and tables; nothing of tiers without an account."""
    present = {row.part for row in told.stages}
    built = _blocks([module.section(told, "") for module in SLICED.values()])
    figures, tables = {}, {}
    for block in built:
        before = shown.get(block.id)
        if isinstance(block, Figure) and isinstance(before, Figure):
            if block.mark and block.mark not in present:
                continue
            figures[block.id] = written.figure(before, block)
            tables[block.data.id] = written.table(before.data, block.data, present)
        elif isinstance(block, Table) and isinstance(before, Table):
            tables[block.id] = written.table(before, block, present)
    return {"figures": figures, "tables": tables}


def _of_tier(
    told: Facts, tier: str, of_all: dict[str, Figure], written: "_Written"
) -> dict[str, Any]:
    """What a tier changes in the charts that draw all of them, once those are the platform's."""
    own = [one for one in trend.figures(told, only=tier) if one.id in of_all]
    return {one.id: written.figure(of_all[one.id], one) for one in own}


class _Written:
    """Writes tables and figures as their differences; cells that are more than a number once."""

    def __init__(self, macros: Any, common: Sequence[str]) -> None:
        self.macros, self.common = macros, common
        self.cells: dict[str, int] = {}

    def figure(self, before: Figure, after: Figure) -> Any:
        """The changes that make one figure of the other; the words in its place if it is blank."""
        if not after.drawn:
            return str(self.macros.blank(after))
        return changes(before.spec, after.spec)

    def table(self, before: Table, after: Table, present: set[str | None]) -> list[Any]:
        """The cells behind the first of each row, and the reasons below the table."""
        first, then = before.reasons(self.common), after.reasons(self.common)
        kept = [not after.tiers or tier in present for tier in after.tiers]
        rows = [
            [
                self._cell(new, then.get(new.why, ""))
                if (not kept or kept[at]) and (new, then.get(new.why)) != (old, first.get(old.why))
                else UNCHANGED
                for at, (old, new) in enumerate(zip(was[1:], now[1:], strict=True))
            ]
            for was, now in zip(before.rows, after.rows, strict=True)
        ]
        return [rows, self._place(str(self.macros.reasons(then)).strip())]

    def _cell(self, cell: Cell, mark: str) -> str | int:
        if cell.kind == "num" and not (mark or cell.note):
            return str(escape(cell.text))
        return self._place(str(self.macros.data(cell, mark)).strip())

    def _place(self, written: str) -> int:
        return self.cells.setdefault(written, len(self.cells) + 1)


def changes(before: Any, after: Any) -> Any:
    """What makes one JSON value of another, key by key; lists of objects have places for keys.

    A list that is cut or grown also has its new `length`. What is the same is left out.
    """
    if isinstance(before, dict) and isinstance(after, dict):
        gone = {key: None for key in before if key not in after}
        return gone | {
            key: changes(before[key], value) if key in before else value
            for key, value in after.items()
            if key not in before or before[key] != value
        }
    if not (isinstance(before, list) and isinstance(after, list)):
        return after
    if not all(isinstance(one, dict) for one in [*before, *after]):
        return after
    by_place = [{str(at): one for at, one in enumerate(side)} for side in (before, after)]
    found = {key: one for key, one in changes(*by_place).items() if int(key) < len(after)}
    return found if len(before) == len(after) else found | {"length": len(after)}
