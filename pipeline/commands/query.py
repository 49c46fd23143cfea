"""`funnel sql`: ask what was built."""

import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.options import (
    AsJson,
    Config,
    Home,
    noted,
    print_json,
    reporter_of,
    settings_of,
)
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.settings import Settings

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
    question = query if query and asked else questions.TABLES
    rows = _answered(settings, question, analysis)
    if as_json:
        print_json(rows)
        return
    reporter_of().rows(rows)
    if not asked:
        reporter_of().hint(database)


def _answered(settings: "Settings", query: str, analysis: bool) -> list[dict[str, Any]]:
    """Give the rows of a query once the audit trail says that they were read."""
    from pipeline import query as questions
    from pipeline.privacy import trail

    database = settings.analysis_database if analysis else settings.published_database
    note = partial(trail.record if analysis else noted, settings, "read", query=query)
    tables = questions.tables_read(database, query)
    try:
        rows = questions.rows(database, query, *([settings.parts] if analysis else []))
    except InputError:
        note(tables=tables, decision="refused", rule="not_answered")
        raise
    note(tables=tables, rows=len(rows))
    return rows
