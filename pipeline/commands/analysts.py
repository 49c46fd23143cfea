"""Commands for analysts: take a table away, look up what it means, see what it comes from."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import (
    AsJson,
    Audience,
    Config,
    Home,
    noted,
    print_json,
    reporter_of,
    settings_of,
)

if TYPE_CHECKING:
    from pipeline.analysts.compare import Moved
    from pipeline.warehouse.lineage import Origin

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="例 · funnel export weekly_funnel --to weekly.xlsx")
def export(
    table: Annotated[str, typer.Argument(help="已发布的表 · a published table")],
    to: Annotated[Path, typer.Option(help="写成 .xlsx、.csv 或 .parquet · the file")],
    home: Home = None,
    config: Config = None,
    audience: Audience = "inside",
) -> None:
    """导出：一张已发布的表写成 Excel、CSV 或 Parquet · a published table as a file."""
    from pipeline import analysts, warehouse

    settings = settings_of(home, config)
    shown = warehouse.for_outside(settings) if audience == "outside" else settings
    rule = f"audience:{audience}"

    def taken(name: str, rows: int) -> None:
        noted(settings, "export", tables=[name], rows=rows, rule=rule)

    rows = analysts.export(shown.published_database, table, to, taken)
    reporter_of().line(f"{table} {rows:,} 行：{to}")


@app.command(epilog="例 · funnel dictionary > docs/dictionary.md")
def dictionary(home: Home = None, config: Config = None) -> None:
    """字典：每张已发布的表、每一列、每个指标的口径，Markdown · what every column means."""
    from pipeline import analysts

    reporter_of().line(analysts.dictionary(settings_of(home, config).published_database))


@app.command(epilog="例 · funnel lineage published.weekly_funnel.persons")
def lineage(
    column: Annotated[str, typer.Argument(help="库.表.列 · schema.table.column")],
    home: Home = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """溯源：一列由哪些列算出，直到落地的数据 · where a column comes from, down to staging."""
    from pipeline.warehouse.lineage import Lineage

    found = Lineage(settings_of(home, config)).of(column)
    if as_json:
        print_json([vars(origin) for origin in found])
    else:
        for origin in found:
            reporter_of().line(_origin(origin))


@app.command(epilog="例 · funnel compare funnel-before.duckdb")
def compare(
    before: Annotated[Path, typer.Argument(help="先前的已发布库 · a published database")],
    home: Home = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """对比：改了口径或数据之后，哪些数动了 · which numbers another definition moved."""
    from pipeline import analysts
    from pipeline.warehouse.model import read_models

    grains = {model.table: model.grain for model in read_models() if model.schema == "published"}
    found = analysts.compare(before, settings_of(home, config).published_database, grains)
    if as_json:
        print_json([vars(moved) for moved in found])
        return
    for moved in found:
        reporter_of().line(_moved(moved))
    reporter_of().line(f"{len(found)} 处有变" if found else "没有变动")


def _origin(origin: "Origin") -> str:
    computed = "".join(f" ← {expression}" for expression in origin.computed)
    return f"{'  ' * origin.depth}{origin.column}{computed}"


def _moved(moved: "Moved") -> str:
    if moved.column is None:
        return f"{moved.table}：{moved.cells:,} 行增减（先前 {moved.rows:,} 行）"
    most = "" if moved.largest is None else f"，最大变动 {moved.largest:.1%}"
    return f"{moved.table}.{moved.column}：{moved.cells:,} / {moved.rows:,} 格不同{most}"
