"""`funnel sql`: ask what was built."""

import sys
from functools import partial
from pathlib import Path
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
    purpose: Annotated[
        str | None, typer.Option(help="为哪个用途查个人级库，超出即拒绝 · what for, --analysis")
    ] = None,
) -> None:
    """查询：只读打开已发布的库 · ask the published database, read-only."""
    settings = settings_of(home, config)
    analysis = analysis or purpose is not None
    if query is None and not sys.stdin.isatty():
        query = sys.stdin.read()
    query = (query or "").strip()
    rows = _answered(settings, query, analysis=analysis, purpose=purpose)
    if as_json:
        print_json(rows)
        return
    reporter_of().rows(rows)
    if not query:
        reporter_of().hint(_database(settings, analysis))


def _answered(
    settings: "Settings", query: str, *, analysis: bool, purpose: str | None
) -> list[dict[str, Any]]:
    """Give the rows of a query once the audit trail says that they were read, or were refused.

    Without a query, the tables that can be asked.
    """
    from pipeline import query as questions
    from pipeline.privacy import trail

    tables = questions.tables_read(_database(settings, analysis), query)
    note = partial(trail.record if analysis else noted, settings, "read", query=query or None)
    note = partial(note, tables=tables)
    try:
        rows = _rows(settings, query, analysis, purpose)
    except InputError as error:
        rule = getattr(error, "rule", "not_answered")
        told = None if rule == "unknown_purpose" else purpose  # what was typed may be anything
        note(purpose=told, decision="refused", rule=rule)
        raise
    note(purpose=purpose, rows=len(rows))
    return rows


def _rows(
    settings: "Settings", query: str, analysis: bool, purpose: str | None
) -> list[dict[str, Any]]:
    from pipeline import query as questions

    if not query and purpose is not None:
        return _seen(settings, purpose)
    asked = query or questions.TABLES  # which tables there are is told without a purpose
    if query and analysis:
        asked = _permitted(settings, query, purpose)
    return questions.rows(
        _database(settings, analysis), asked, *([settings.parts] if analysis else [])
    )


def _seen(settings: "Settings", purpose: str) -> list[dict[str, Any]]:
    """List the tables that a purpose sees."""
    from pipeline.warehouse.access import seen

    return [
        {
            "table": each.table,
            "columns": ", ".join(each.columns),
            "left_out": ", ".join(each.left_out),
        }
        for each in seen(settings, purpose)
    ]


def _permitted(settings: "Settings", query: str, purpose: str | None) -> str:
    """Give a query as it may be asked of persons' rows: by what a purpose covers, where one is."""
    from pipeline.warehouse.access import permit
    from pipeline.warehouse.reading import Refused

    if purpose is not None:
        return permit(settings, query, purpose)
    if settings.purpose_required:
        raise Refused("no_purpose", "查个人级库要写明用途 · say what for: --purpose NAME")
    return query


def _database(settings: "Settings", analysis: bool) -> Path:
    return settings.analysis_database if analysis else settings.published_database
