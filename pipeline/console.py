"""What the commands say: progress bars on a terminal, plain lines in a log."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from pipeline.ingest import IngestReport, Inspection
    from pipeline.ingest.erasure import Certificate
    from pipeline.ingest.report import Phase
    from pipeline.warehouse import Built, Due

_LOG_WIDTH = 200
_SHOWN = 20
_PHASES = {"survey": "初读", "land": "入库"}
_WHY = {"new": "还没有建过", "definition": "定义已改", "files": "文件有变", "reads": "上游有变："}
_SAID = {"refused": "未入库", "unknown": "未识别", "held": "留置"}
_HEADS = {
    "delivery_id": "投递号",
    "source_file": "文件",
    "state": "同文件其余行",
    "dataset": "数据集",
    "sheet": "工作表",
    "source_sheet": "工作表",
    "line": "行",
    "source_line": "行",
    "column": "列",
    "value": "值",
    "reason": "原因",
    "expected": "应为",
    "rows": "行数",
    "first_line": "首见于行",
}
_STATES = {"landed": "已入库", "refused": "未入库"}


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Give a text without characters that act on a terminal: a delivered name may hold some."""
    return _CONTROL.sub("\ufffd", text)


def print_json(value: Any) -> None:
    """Print a value for a program to read."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _chinese(text: str) -> str:
    # What --help needs must not load ingest.
    from pipeline.ingest.chinese import chinese

    return chinese(text)


def _in_chinese(name: str, value: Any) -> Any:
    """Say a value of a refusal in Chinese where it is a reason."""
    if name == "state":
        return _STATES.get(value, value)
    return _chinese(value) if name in ("reason", "expected") else value


class Bar:
    """One step's progress, as ingest and the warehouse tell it."""

    def __init__(self, progress: Progress, title: str) -> None:
        self._progress, self._title = progress, title
        self._task = progress.add_task(title, total=None)
        self._file: TaskID | None = None

    def describe(self, text: str) -> None:
        """Say what is being done now."""
        self._progress.update(self._task, description=f"{self._title} {printable(text)}")

    def advance(self, done: int, total: int) -> None:
        """Say how far the step is."""
        self._progress.update(self._task, completed=done, total=total)
        if self._file is not None:
            self._progress.remove_task(self._file)
            self._file = None

    def within(self, phase: "Phase", rows: int, read: int, size: int) -> None:
        """Say how far a large file is, in a bar of its own below the step's."""
        if self._file is None:
            self._file = self._progress.add_task("")
        self._progress.update(
            self._file,
            description=f"  {_PHASES[phase]} {rows:,} 行",
            completed=read,
            total=size,
            of_bytes=True,
        )

    def built(self, table: "Built", of: int) -> None:
        """Say that a table is done, one of so many."""
        self._progress.update(self._task, total=of, advance=1)
        self.describe(table.name)


class Done(ProgressColumn):
    """How much is done: bytes of a large file, otherwise files or tables."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes, self._things = DownloadColumn(), MofNCompleteColumn()

    def render(self, task: Task) -> Text:
        """Draw one bar's figures."""
        return (self._bytes if task.fields.get("of_bytes") else self._things).render(task)


class Reporter:
    """Prints for people; `quiet` where a program reads standard output."""

    def __init__(self, quiet: bool = False) -> None:
        probe = Console(quiet=quiet)
        self._console = (
            probe if probe.is_terminal else Console(quiet=quiet, width=_LOG_WIDTH, no_color=True)
        )

    def line(self, text: str) -> None:
        """Print a line as it is, whatever brackets a file's name holds."""
        self._console.print(Text(printable(text)), soft_wrap=True)

    def aside(self, text: str) -> None:
        """Say something that is no part of the answer, on standard error."""
        Console(stderr=True).print(Text(printable(text)), soft_wrap=True)

    @contextmanager
    def progress(self, title: str) -> Iterator[Bar]:
        """Show a bar on a terminal; in a log nothing, the summary that follows says it all."""
        columns = (TextColumn("{task.description}", markup=False), BarColumn())
        with Progress(
            *columns,
            Done(),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        ) as progress:
            yield Bar(progress, title)

    def ingested(self, report: "IngestReport") -> None:
        """Say what landed, and name every file that waits and every row that was refused."""
        outcomes, rows = report.outcomes, report.rows
        self.line(
            f"收件 {len(report.files):,} 份：入库 {outcomes['landed']:,}，"
            f"已收过 {outcomes['repeated']:,}，待处理 {sum(outcomes[kind] for kind in _SAID):,}"
        )
        self.line(
            f"行数 交付 {rows.delivered:,} = 入库 {rows.landed:,} + 重复 {rows.repeated:,}"
            f" + 拒收 {rows.refused:,}"
        )
        for file in report.files:
            if said := _SAID.get(file.outcome):
                stays = "" if file.of_database else "，仍在收件箱"
                self.line(f"  {said} {file.file}{stays}：{'；'.join(map(_chinese, file.reasons))}")
            for warning in file.warnings:
                self.line(f"  注意 {file.file}：{_chinese(warning)}")
            if file.outcome == "landed":
                for refusal in file.refusals:
                    self.line("  拒收 " + refusal.replace("\n", "\n  "))

    def erased(self, done: "Certificate") -> None:
        """Say how much was erased, and where that is written down."""
        persons = f"{done.persons:,} 人，" if done.persons else ""
        self.line(f"已删除 {persons}{done.rows:,} 行，证书 {done.file}")

    def quarantined(self, found: Sequence[dict[str, Any]]) -> None:
        """Draw what quarantine holds."""
        if found:
            self.rows(
                [{_HEADS.get(k, k): _in_chinese(k, v) for k, v in row.items()} for row in found]
            )
        else:
            self.line("隔离区里没有")

    def built(self, tables: Sequence["Built"]) -> None:
        """Say what was built, table by table."""
        for table in tables:
            how = "沿用" if not table.made else f"{table.seconds:.2f} 秒"
            self.line(f"{table.name:<44}{table.rows:>12,} 行 {how:>9}")
        kept = sum(not table.made for table in tables)
        said = f"，其中 {kept} 张没有变动、沿用上次" if kept else ""
        self.line(f"建模 {len(tables)} 张表{said}，检查全部通过")

    def due(self, due: Sequence["Due"]) -> None:
        """Say what a build would make, and why."""
        for (model, why), some in groupby(
            due, key=lambda partition: (partition.model, partition.why)
        ):
            found = list(some)
            of = f" {len(found)} 份（{found[0].partition} … {found[-1].partition}）"
            reads = "、".join(found[0].reads)
            self.line(f"{model:<44}{_WHY[why]}{reads}{of if found[0].partition else ''}")
        models = len({partition.model for partition in due})
        self.line(f"要建 {models} 张表" if due else "没有变动，不必建模")

    def wrote(self, files: Sequence[Path]) -> None:
        """Say where the pages and their indexes are, and what was written beside them."""
        weeks = {file.stem for file in files}
        below = [file for file in files if file.parent.name in weeks]
        for file in files:
            if file in below:
                continue
            if file.stem.startswith("index"):
                self.line(f"目录 {file}")
            elif file.suffix == ".html" and ".standalone" not in file.suffixes:
                self.line(f"{'周报' if '-W' in file.stem else '月报'} {file}")
            elif file.suffix != ".js":
                self.line(f"  另有 {file}（{file.stat().st_size / 1e6:,.2f} MB）")
        if below:
            self.line(f"  另有层级、机构、账号各一页，共 {len(below)} 页 {below[0].parent}")

    def inspection(self, found: "Inspection") -> None:
        """Say what a file is, how its first rows would land, and what would be refused."""
        self.line(found.file)
        for reason in found.reasons:
            self.line(f"  不会入库：{_chinese(reason)}")
        for dataset in found.datasets:
            self.line(
                f"\n  {dataset['name']}：入库 {dataset['rows']:,} 行，"
                f"重复 {dataset['repeated']:,}，拒收 {dataset['refused']:,}"
            )
            for row in dataset["sample"]:
                self.line("    " + "  ".join(f"{name}={value}" for name, value in row.items()))
        for note in found.notes:
            self.line(f"  注意 {_chinese(note)}")
        if found.mapping_proposal:
            self.line("\n  可改好存为 mapping.toml（每行都是猜测，见 docs/MAPPING.md）：\n")
            self.line(found.mapping_proposal)
        for name in found.unknown_columns:
            self.line(f"  未声明的列，不入库：{name}")
        for refusal in found.refusals[:_SHOWN]:
            parts = ((_HEADS.get(k, k), _in_chinese(k, v)) for k, v in refusal.items() if v)
            self.line("  拒收 " + "  ".join(f"{head}={value}" for head, value in parts))
        if len(found.refusals) > _SHOWN:
            self.line(f"  …… 另有 {len(found.refusals) - _SHOWN:,} 处拒收，--json 列出全部")

    def rows(self, rows: Sequence[dict[str, Any]]) -> None:
        """Draw rows as a table."""
        if rows:
            table = Table()
            for name in rows[0]:
                table.add_column(Text(printable(name)), overflow="fold")
            for row in rows:
                table.add_row(
                    *("—" if v is None else Text(printable(str(v))) for v in row.values())
                )
            self._console.print(table)
        self.line(f"{len(rows):,} 行")

    def hint(self, database: Path) -> None:
        """Say how to ask a database a question, and how to ask it many."""
        self.line(f'问一句：funnel sql "select …"    长谈：duckdb -readonly {database}')
