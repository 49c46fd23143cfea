"""`funnel audit`: whether the trail of reads, exports and refusals is whole, and what it counts."""

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import AsJson, Config, Home, print_json, reporter_of, settings_of

if TYPE_CHECKING:
    from pipeline.privacy.trail import Verified

app = typer.Typer(
    help="审计：谁读取、导出、删除、被拒绝了什么 · who read, exported, erased or was refused what.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_FAULTY = 1

Day = Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"])]


@app.command(epilog="例 · funnel audit verify    funnel audit verify --head 3f2a…")
def verify(
    head: Annotated[
        list[str] | None,
        typer.Option(help="另处保存的链头，须在其中，可重复 · a head that was kept elsewhere"),
    ] = None,
    home: Home = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """校验：被改、被删、换序、截断的行，0 完整、1 有问题 · find altered and missing lines."""
    from pipeline.privacy import trail

    found = trail.verify(settings_of(home, config), head or ())
    if as_json:
        print_json(found.as_dict())
    else:
        _say(found)
    if found.faults:
        raise typer.Exit(_FAULTY)


@app.command(epilog="例 · funnel audit report --since 2026-11-01 --until 2026-11-30")
def report(
    since: Day = None,
    until: Day = None,
    home: Home = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """汇总：按人、动作、用途、结果计次数与行数 · count entries by who, what, why and decision."""
    from pipeline.privacy import trail

    settings = settings_of(home, config)
    first, last = (day.date() if day else None for day in (since, until))
    counted = [asdict(entry) for entry in trail.counts(settings, first, last)]
    checked = trail.verify(settings)
    if as_json:
        print_json({"whole": not checked.faults, "entries": counted})
        return
    reporter = reporter_of()
    heads = ("操作人", "动作", "用途", "结果", "次数", "行数")
    reporter.rows([dict(zip(heads, entry.values(), strict=True)) for entry in counted])
    _say(checked)


def _say(found: "Verified") -> None:
    reporter = reporter_of()
    for fault in found.faults:
        reporter.line(str(fault))
    for line in found.half_lines:
        reporter.line(f"  注意 第 {line:,} 行只写了一半：写入时进程被终止，不算问题")
    whole = f"有 {len(found.faults)} 处问题" if found.faults else "完整"
    reporter.line(f"审计 {found.lines:,} 行，{whole}，链头 {found.head}")
