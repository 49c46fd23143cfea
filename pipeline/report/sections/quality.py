"""How fresh the data is and whether every delivered row is accounted for."""

from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.source_rows import Ambiguous, Dataset, Source, Waiting
from pipeline.report.formats import Cell
from pipeline.report.language import chosen, say
from pipeline.report.sections import consents, gaps
from pipeline.report.view import Figure, Section, Table

COUNTED = ("文件", "交付行", "入湖", "重复", "拒收", "其后删除")
LATE = ("overdue", "missing")
MOST_AMBIGUOUS = 20


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    blocks: list[list[Table | Figure]] = [[_table(facts)]]
    if facts.is_bank:
        blocks.insert(0, [_datasets(facts)])
        if facts.consent_reasons:
            blocks.append([consents.table(facts)])
        if facts.ambiguous:
            blocks.insert(0, [_ambiguous(facts)])
        if facts.waiting:
            blocks.insert(0, [_waiting(facts)])
    if late := overdue(facts):
        blocks.insert(0, [gaps.table(facts, late)])
    return Section(
        id="quality",
        kicker=say("数据质量"),
        title=title,
        lede=say(
            "每一行来数都有去处：交付 = 入湖 + 重复 + 拒收；湖中现存 = 入湖 − 其后删除。"
            "缺数不补、不估为零。"
        ),
        metric="days_behind",
        blocks=blocks,
    )


def overdue(facts: Facts) -> list[Source]:
    """The sources that have not delivered in time, those that never came and the longest first."""
    late = [row for row in facts.sources if row.status in LATE]
    return sorted(late, key=_lateness)


def _lateness(row: Source) -> tuple[bool, int, str, str]:
    never = row.days_behind is None
    return (not never, -(row.days_behind or 0), row.dataset, row.account_id or "")


def source_name(row: Source) -> str:
    """A source as a sentence names it."""
    name = row.account_name or row.account_id or ""
    return say("{name}「{dataset}」", name=name, dataset=words.dataset(row.dataset))


def unbalanced(facts: Facts) -> list[Source]:
    """The sources whose delivered rows are not all accounted for."""
    return [row for row in facts.sources if _balanced(row) is False]


def _balanced(row: Source | Dataset) -> bool | None:
    if None in (row.delivered, row.landed, row.repeated, row.refused):
        return None
    return row.delivered == (row.landed or 0) + (row.repeated or 0) + (row.refused or 0)


def _waiting(facts: Facts) -> Table:
    return Table(
        id="quality-waiting",
        title=say("{n} 份文件等人处理", n=len(facts.waiting)),
        head=tuple(map(say, ("文件", "状态", "行数", "发现"))),
        rows=[_waiting_line(row) for row in facts.waiting],
        note=say("这些文件一行也没有入湖，不在任何数字里；处理办法见收件时的提示。"),
    )


def _waiting_line(row: Waiting) -> list[Cell]:
    return [
        formats.text(row.source_file),
        Cell(words.waiting(row.kind), "attention", number=False),
        cells.cell(row.delivered, formats.exact, why=say("文件无法读取，不知有多少行")),
        formats.text(chosen(row.reason, row.reason_en)),
    ]


def _ambiguous(facts: Facts) -> Table:
    return Table(
        id="quality-ambiguous",
        title=say("{n} 个标题分不清是几篇", n=len(facts.ambiguous)),
        head=tuple(map(say, ("账号", "发布时间", "标题", "判断", "始于", "所在文件", "行"))),
        rows=[_ambiguous_line(row) for row in facts.ambiguous[:MOST_AMBIGUOUS]],
        note=say(
            "平台导出没有作品编号，同一账号、时刻与形式有多个标题：一律不合并，各算各的；"
            "「或为改名」的首次数值不计入增量，以免重复。全部见 published.ambiguous_posts。"
        ),
    )


def _ambiguous_line(row: Ambiguous) -> list[Cell]:
    return [
        formats.text(row.account_name or row.account_id, note=row.account_id),
        formats.text(f"{row.published_at:%Y-%m-%d %H:%M}"),
        formats.text(row.title),
        Cell(words.ambiguous(row.why), number=False),
        formats.text(row.ambiguous_since.date() if row.ambiguous_since else None),
        formats.text(row.source_file, note=row.source_sheet or ""),
        Cell(formats.exact(row.source_line), sort=str(row.source_line)),
    ]


def _datasets(facts: Facts) -> Table:
    head = tuple(map(say, ("来源", "账号或文件组", "未按时", "数据至", *COUNTED, "核对")))
    return Table(
        id="quality-datasets",
        title=say("{n} 类来源", n=len(facts.datasets)),
        head=head,
        rows=[_dataset_line(row) for row in facts.datasets],
        note=say("「数据至」取该类中最落后的一个来源。"),
        metric="days_behind",
    )


def _dataset_line(row: Dataset) -> list[Cell]:
    counts = ("files", "delivered", "landed", "repeated", "refused", "erased")
    late = Cell(formats.exact(row.late), "attention" if row.late else "", sort=str(row.late))
    return [
        formats.text(words.dataset(row.dataset)),
        Cell(formats.exact(row.accounts), sort=str(row.accounts)),
        late,
        formats.text(row.last_day),
        *(cells.cell(getattr(row, name), formats.exact) for name in counts),
        _verdict(row),
    ]


def _table(facts: Facts) -> Table:
    return Table(
        id="quality-sources",
        title=say("展开全部 {n} 个来源（数据集 × 账号）", n=len(facts.sources)),
        folded=True,
        head=tuple(map(say, ("来源", "账号", "状态", "数据至", "落后天数", *COUNTED, "核对"))),
        rows=[_line(row) for row in facts.sources],
        sortable=True,
    )


def _line(row: Source) -> list[Cell]:
    counts = ("days_behind", "files", "delivered", "landed", "repeated", "refused", "erased")
    status = words.status(row.status)
    return [
        formats.text(words.dataset(row.dataset), note=row.dataset),
        formats.text(row.account_name or row.account_id, note=row.account_id or ""),
        Cell(status, "attention" if row.status in LATE else "", sort=status, number=False),
        formats.text(row.last_day),
        *(cells.cell(getattr(row, name), formats.exact) for name in counts),
        _verdict(row),
    ]


def _verdict(row: Source | Dataset) -> Cell:
    balanced = _balanced(row)
    if balanced is None:
        return Cell("—", "missing", say("尚未交付"), number=False)
    return Cell(
        say("相符") if balanced else say("不符"), "" if balanced else "attention", number=False
    )
