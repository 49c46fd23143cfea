"""`funnel sql`: ask what was built."""

import sys
from typing import Annotated

import typer

from pipeline.commands.options import AsJson, Config, Home, print_json, reporter_of, settings_of

app = typer.Typer(rich_markup_mode=None)


@app.command(
    epilog='例 · funnel sql "select week, persons from published.weekly_funnel'
    " where level = 'bank' and stage = 'arrival'\""
)
def sql(
    query: Annotated[str | None, typer.Argument(help="一条 select；省略则读标准输入")] = None,
    home: Home = None,
    config: Config = None,
    as_json: AsJson = False,
    analysis: Annotated[
        bool, typer.Option("--analysis", help="个人级（令牌）库，仅限授权分析师 · person level")
    ] = False,
) -> None:
    """查询：只读打开已发布的库 · ask the published database, read-only."""
    from pipeline import query as questions

    settings = settings_of(home, config)
    database = settings.analysis_database if analysis else settings.published_database
    if query is None and not sys.stdin.isatty():
        query = sys.stdin.read()
    asked = bool((query or "").strip())
    folders = [settings.parts] if analysis else []
    rows = questions.rows(database, query if query and asked else questions.TABLES, *folders)
    if as_json:
        print_json(rows)
        return
    reporter_of().rows(rows)
    if not asked:
        reporter_of().hint(database)
