"""Commands of the night: build the models, write the page, or all of it in order."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.console import Reporter
    from pipeline.settings import Settings
from pipeline.commands.options import (
    AsJson,
    AsOf,
    Audience,
    Config,
    EngineName,
    Home,
    Inbox,
    Lang,
    Mail,
    Master,
    Month,
    Pdf,
    Png,
    Reports,
    Standalone,
    Strict,
    To,
    Week,
    Xlsx,
    addressed,
    finish,
    insist,
    on,
    print_json,
    reporter_of,
    settings_of,
)

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="例 · funnel build --home data    funnel build --explain")
def build(
    home: Home = None,
    config: Config = None,
    as_of: AsOf = None,
    engine: EngineName = None,
    master: Master = None,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option(help="只说要建什么、为什么 · say what and why")] = False,
    full: Annotated[bool, typer.Option(help="全部从头建 · build everything anew")] = False,
    audience: Audience = "inside",
) -> None:
    """建模：只建有变动的模型，全部检查后换上新库 · build what changed, check, swap in."""
    from pipeline import nightly as steps
    from pipeline import runs

    settings = on(settings_of(home, config, as_of, engine=engine), master)
    reporter = reporter_of(quiet=as_json)
    if explain:
        _explain(settings, reporter, as_json)
        return
    with runs.exclusive(settings), runs.recorded(settings, "build") as record:
        if audience == "outside":
            steps.build_for_outside(settings, record, reporter)
        else:
            steps.build(settings, record, reporter, full=full)
    finish(record, as_json)


@app.command(epilog="例 · funnel report --week 2026-W46    funnel report --lang zh --xlsx --mail")
def report(
    home: Home = None,
    config: Config = None,
    week: Week = None,
    month: Month = None,
    reports: Reports = None,
    lang: Lang = None,
    audience: Audience = "inside",
    standalone: Standalone = False,
    xlsx: Xlsx = False,
    pdf: Pdf = False,
    png: Png = False,
    mail: Mail = False,
    to: To = None,
    as_json: AsJson = False,
) -> None:
    """出周报或月报：由已发布的库写页面，及要它另写的 · a week's page, or a month's."""
    from pipeline import nightly as steps
    from pipeline import report as pages
    from pipeline import runs

    wanted = pages.Wanted(standalone=standalone, xlsx=xlsx, pdf=pdf, png=png, mail=mail or bool(to))
    settings = addressed(settings_of(home, config, reports=reports), to)
    reporter = reporter_of(quiet=as_json)
    with runs.exclusive(settings), runs.recorded(settings, "report") as record:
        outside = audience == "outside"
        steps.report(
            settings, record, reporter, week, lang, wanted, month=month, for_outside=outside
        )
    finish(record, as_json)


@app.command(epilog="例 · funnel nightly --config data/sample/funnel.toml")
def nightly(
    home: Home = None,
    config: Config = None,
    as_of: AsOf = None,
    inbox: Inbox = None,
    reports: Reports = None,
    as_json: AsJson = False,
    strict: Strict = False,
) -> None:
    """每晚：收件、删除到期、建模、出周报，一把锁 · ingest, retain, build and report, in order."""
    from pipeline import nightly as steps
    from pipeline import runs

    settings = settings_of(home, config, as_of, inbox=inbox, reports=reports)
    reporter = reporter_of(quiet=as_json)
    with runs.exclusive(settings), runs.recorded(settings, "nightly") as record:
        waiting = steps.ingest(settings, record, reporter)
        if steps.has_come(settings, reporter):
            steps.retain(settings)
            steps.let_go(settings)
        steps.build(settings, record, reporter)
        steps.report(settings, record, reporter)
        steps.keep_head(settings, record, reporter)
        insist(record, strict, waiting)
    finish(record, as_json)


def _explain(settings: "Settings", reporter: "Reporter", as_json: bool) -> None:
    from pipeline import warehouse

    due = warehouse.explain(settings)
    if as_json:
        print_json([vars(partition) for partition in due])
    else:
        reporter.due(due)
