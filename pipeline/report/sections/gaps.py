"""Which sources are missing, and since when: the first thing to know of the data's quality."""

from collections.abc import Sequence

from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.source_rows import Source
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.view import Table

HEAD = ("来源", "账号", "层级", "缺什么", "缺数天数", "最后一次导出")


def table(facts: Facts, late: Sequence[Source]) -> Table:
    """The sources that are late, those that never came first."""
    return Table(
        id="quality-gaps",
        title=say("{n} 个来源缺数", n=len(late)),
        head=tuple(say(name) for name in HEAD),
        rows=[_line(row) for row in late],
        note=say(
            "超过 {days} 天没有新数据即列出；补交的文件放入收件夹，下次运行即补入各周。",
            days=cells.parameter(facts, "overdue_days"),
        ),
        metric="days_behind",
        sortable=True,
        listed=True,
    )


def _line(row: Source) -> list[Cell]:
    exported = None if row.exported_at is None else row.exported_at.date()
    return [
        formats.text(words.dataset(row.dataset), note=row.dataset),
        formats.text(row.account_name or row.account_id, note=row.account_id or ""),
        formats.text(words.tier(row.tier) if row.account_id else None),
        _since(row),
        cells.cell(row.days_behind, formats.exact, why=say("从未交付，无从计天数")),
        formats.text(exported),
    ]


def _since(row: Source) -> Cell:
    """Since when nothing is known, in words."""
    if row.last_day is None:
        return Cell(say("从未交付"), "attention", sort="0", number=False)
    since = say("{day} 之后的数据", day=row.last_day)
    return Cell(since, "attention", sort=str(row.last_day), number=False)
