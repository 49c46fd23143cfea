"""The page's tables as a workbook: a sheet for each section, numbers that can be summed."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pipeline.analysts.workbook import FORMATS, begun, write_value
from pipeline.report import formats
from pipeline.report.design import colour
from pipeline.report.facts import Facts
from pipeline.report.facts_file import raw
from pipeline.report.formats import Cell
from pipeline.report.language import chosen, say
from pipeline.report.naming import named
from pipeline.report.view import Briefing, Figure, Table

GREY = ("missing", "suppressed", "immature", "small")
WIDEST, NARROWEST = 46, 9
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_A4 = 9  # as the file format numbers paper


def as_workbook(facts: Facts, told: Briefing) -> bytes:
    """Give a workbook of what the page's tables hold, in the language being spoken.

    A number is a number as it is stored, formatted as what it is; what is missing, withheld or
    not mature says so, and below its table why.
    """
    content = BytesIO()
    with begun(content, f"{facts.period.name} · {told.headline}") as book:
        looks = Looks(book)
        _write_sheet(
            book, looks, say(named(facts.period).points), told.headline, _first(facts, told)
        )
        for section in told.sections:
            blocks = [block for row in section.blocks for block in row]
            _write_sheet(book, looks, section.kicker, section.title, [*map(_table, blocks)])
        _write_sheet(book, looks, say("口径"), say("每个数怎么算"), _last(facts))
    return content.getvalue()


class Looks:
    """The formats of a workbook's cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.caption = book.add_format({"bold": True})
        self.head = book.add_format(
            {"bold": True, "bg_color": colour("grid"), "text_wrap": True, "valign": "top"}
        )
        self.note = book.add_format({"font_color": colour("ink-3")})

    def of(self, kind: str, state: str) -> Any:
        """Give the format of a kind of value in a state of cell."""
        if (kind, state) not in self._made:
            look = {"num_format": FORMATS[kind]}
            if state in GREY:
                look |= {"font_color": colour("ink-3"), "align": "right"}
            elif state == "attention":
                look |= {"font_color": colour("attention")}
            self._made[kind, state] = self._book.add_format(look)
        return self._made[kind, state]


def _write_sheet(book: Any, looks: Looks, name: str, title: str, tables: list[Table]) -> None:
    sheet = book.add_worksheet(_free_name(book, name))
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    wide = [_widened(table) for table in tables]
    for number, width in enumerate(_widths(wide)):
        sheet.set_column(number, number, width)
    # Above a table that has the sheet for itself, its head stays in sight.
    sheet.freeze_panes(4 if len(wide) == 1 else 1, 1)
    sheet.write_string(0, 0, title, looks.title)
    line = 2
    for table in wide:
        line = _write_table(sheet, looks, table, line)
    if len(wide) == 1 and wide[0].rows:
        sheet.autofilter(3, 0, 3 + len(wide[0].rows), len(wide[0].head) - 1)


def _write_table(sheet: Any, looks: Looks, table: Table, line: int) -> int:
    """Write a table below its title; give the line where the next one begins."""
    sheet.write_string(line, 0, table.title, looks.caption)
    for number, name in enumerate(table.head):
        sheet.write_string(line + 1, number, name, looks.head)
    line += 2
    for row in table.rows:
        for number, cell in enumerate(row):
            value = raw(cell)
            shown = (cell.text or None) if value is None else value
            write_value(sheet, line, number, shown, looks.of(_kind(cell), cell.state))
        line += 1
    for note in _notes(table):
        sheet.write_string(line, 0, note, looks.note)
        line += 1
    return line + 1


def _kind(cell: Cell) -> str:
    value = raw(cell)
    if isinstance(value, int):
        return "count"
    if isinstance(value, float):
        return "share" if "%" in cell.text else "number"
    return "text"


def _notes(table: Table) -> Iterator[str]:
    if table.note:
        yield table.note
    reasons = {
        (cell.text if raw(cell) is None else say("灰色的数"), cell.why): None
        for row in table.rows
        for cell in row
        if cell.why
    }
    for text, why in reasons:
        yield say("{text}：{why}", text=text, why=why)


def _widened(table: Table) -> Table:
    """Give small print below a cell a column of its own, right of it."""
    noted = [any(row[at].note for row in table.rows) for at in range(len(table.head))]
    head: list[str] = []
    for name, has in zip(table.head, noted, strict=True):
        head += [name, say("{name}（附注）", name=name)] if has else [name]
    rows = [
        [
            one
            for cell, has in zip(row, noted, strict=True)
            for one in ([cell, Cell(cell.note, number=False)] if has else [cell])
        ]
        for row in table.rows
    ]
    return Table(table.id, table.title, tuple(head), rows, table.note)


def _widths(tables: list[Table]) -> Iterator[int]:
    for at in range(max((len(table.head) for table in tables), default=0)):
        texts = [table.head[at] for table in tables if at < len(table.head)]
        texts += [row[at].text for table in tables if at < len(table.head) for row in table.rows]
        yield min(WIDEST, max(NARROWEST, *map(_width, texts)) + 2)


def _width(text: str) -> int:
    """Columns a text takes: two for a character that is not Latin."""
    return sum(1 if ord(sign) < 0x2E80 else 2 for sign in text)


def _free_name(book: Any, name: str) -> str:
    """Give a name a sheet may have and none has yet, of 31 characters at most."""
    plain = _FORBIDDEN.sub(" ", name).strip("'")[:31]
    taken = {sheet.get_name() for sheet in book.worksheets()}
    free = (plain[:28] + f" {number}" for number in range(2, 99))
    return plain if plain not in taken else next(one for one in free if one not in taken)


def _table(block: Table | Figure) -> Table:
    if isinstance(block, Table):
        return block
    return Table(block.id, block.title, block.data.head, block.data.rows, block.caption)


def _first(facts: Facts, told: Briefing) -> list[Table]:
    text = formats.text
    run = [
        [
            text(say(named(facts.period).period)),
            text(facts.period.name, note=formats.dates(facts.period.starts, facts.period.last_day)),
        ],
        [text(say("数据截至")), text(facts.run.as_of)],
        [text(say("授权覆盖")), told.coverage],
        [text(say("发布编号")), text(facts.run.publish_id)],
    ]
    findings = [[text(one.title), text(one.words)] for one in told.findings]
    tiles = [[text(one.label, note=one.group), one.value, text(one.compared)] for one in told.tiles]
    return [
        Table("run", facts.run.bank_name, (say("项目"), say("值")), run),
        Table("findings", say(named(facts.period).points), (say("发现"), say("说明")), findings),
        Table("tiles", say("核心指标"), (say("指标"), say("值"), say("比较")), tiles),
    ]


def _last(facts: Facts) -> list[Table]:
    text = formats.text
    parameters = [
        [text(one.name), text(one.value), text(chosen(one.meaning_zh, one.meaning_en))]
        for one in facts.parameters
    ]
    definitions = [
        [
            text(one.metric),
            text(chosen(one.name_zh, one.name_en)),
            text(one.version),
            text(chosen(one.meaning_zh, one.meaning_en)),
        ]
        for one in facts.definitions
    ]
    return [
        Table("parameters", say("参数"), (say("参数"), say("值"), say("含义")), parameters),
        Table(
            "definitions",
            say("口径"),
            (say("指标"), say("名称"), say("版本"), say("含义")),
            definitions,
        ),
    ]
