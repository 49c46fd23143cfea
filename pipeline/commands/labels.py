"""`funnel label`: posts nobody is sure of go out to people, and come back with their labels."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import Config, Home, reporter_of, settings_of
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.ingest import Inspection
    from pipeline.settings import Settings

app = typer.Typer(rich_markup_mode=None)

_TAKEN = {"bank_post_labels", "bank_content_calendar"}


@app.command(epilog="例 · funnel label；填好主题后 funnel label data/labels/to-label.xlsx")
def label(
    file: Annotated[
        Path | None,
        typer.Argument(help="填好的标注表或内容日历；不给则写出待标注表 · a filled-in file"),
    ] = None,
    below: Annotated[
        float, typer.Option(min=0, max=1, help="置信度低于多少的要标 · how unsure")
    ] = 0.2,
    most: Annotated[int, typer.Option(min=1, help="最多写多少篇 · at most so many")] = 200,
    home: Home = None,
    config: Config = None,
) -> None:
    """标注：写出判定没把握的作品，收回填好的表，次夜生效 · posts to label, and their labels."""
    settings = settings_of(home, config)
    if file is None:
        _write(settings, below, most)
    elif _take(file, settings):
        raise typer.Exit(InputError.exit_code)


def _write(settings: "Settings", below: float, most: int) -> None:
    from pipeline.analysts import write_label_file

    to = settings.home / "labels" / "to-label.xlsx"
    posts = write_label_file(settings.published_database, to, settings.as_of, below, most)
    if posts:
        reporter_of().line(f"{to}：{posts} 篇待标注，填“主题”“形式”两列后运行 funnel label {to}")
    else:
        reporter_of().line(f"没有置信度低于 {below} 的未标注作品")


def _take(file: Path, settings: "Settings") -> int:
    """Put a file of labels into the inbox and tell what is refused of it; give how many rows."""
    from pipeline.ingest import inspect

    if not file.is_file():
        raise InputError(f"{file}：没有这个文件；请给出填好的标注表")
    found = inspect(file, settings)
    names = {dataset["name"] for dataset in found.datasets}
    if found.reasons or not names or not names <= _TAKEN:
        why = "；".join(found.reasons) or "不是标注表"
        raise InputError(
            f"{file}：{why}；应有 作品编号、主题 两列，或 账号编号、标题、主题 三列"
            f"（docs/REVIEW.md）{_refused(found)}"
        )
    data = file.read_bytes()
    mark = hashlib.sha256(data).hexdigest()[:8]
    to = settings.inbox / "bank" / str(settings.as_of) / f"{file.stem}-{mark}{file.suffix}"
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(data)
    rows = sum(dataset["rows"] for dataset in found.datasets)
    told = f"收下 {rows} 行，次夜生效；拒收 {len(found.refusals)} 处{_refused(found)}"
    reporter_of().line(f"{to}：{told}")
    return len(found.refusals)


def _refused(found: "Inspection") -> str:
    return "".join(
        f"\n  第 {cell['line']} 行 {cell['column'] or ''}：“{cell['value'] or ''}”"
        f"不能用；应为 {cell['expected']}"
        for cell in found.refusals
    )
