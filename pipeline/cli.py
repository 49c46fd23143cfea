"""The `funnel` command. Exit codes are here; what is printed goes through `pipeline.console`.

A command reads its settings, calls one function, prints what came of it. Heavy modules are
imported inside the commands, so that `--help` answers at once.
"""

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipeline.commands import funnels
from pipeline.errors import ConfigurationError, InputError, PipelineError

if TYPE_CHECKING:
    from pipeline.console import Reporter
    from pipeline.settings import Settings

app = typer.Typer(
    help="从粉丝到活跃客户的漏斗分析：收件、建模、出周报。\n\n"
    "Funnel analytics from followers to active customers.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)

Home = Annotated[Path | None, typer.Option(help="工作区，默认 data/ · the workspace")]
Config = Annotated[Path | None, typer.Option(help="funnel.toml，默认工作区内 · settings file")]
Inbox = Annotated[Path | None, typer.Option(help="收件箱，默认 <home>/inbox · deliveries")]
Reports = Annotated[Path | None, typer.Option(help="页面写到哪里，默认 reports/ · pages")]
AsOf = Annotated[
    dt.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="运行日：用到前一天的数据，默认今天 · run date"),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]
Strict = Annotated[
    bool, typer.Option("--strict", help="有文件待人处理时以 2 退出 · exit 2 when files wait")
]
Sources = Annotated[
    list[str] | None,
    typer.Option("--source", help="只读这个数据库源，可重复 · only this database"),
]
EngineName = Annotated[
    Literal["duckdb", "spark"] | None,
    typer.Option(help="在哪里算：duckdb（默认，本机）或 spark（集群）· where models run"),
]
Reading = Annotated[
    Literal["duckdb", "spark"] | None,
    typer.Option(help="大的事件文件在哪里读：duckdb（默认，本机）或 spark · who reads large files"),
]
Master = Annotated[
    str | None,
    typer.Option(help="Spark 主节点，如 spark://host:7077、yarn，默认本机 · Spark master"),
]
Week = Annotated[str | None, typer.Option(help="ISO 周，如 2026-W46 · which week")]


def _settings(
    home: Path | None, config: Path | None, as_of: dt.datetime | None = None, **given: Any
) -> "Settings":
    from pipeline import settings as configuration

    day = as_of.date() if as_of else None
    return configuration.load(config, home=home, as_of=day, **given)


def _on(settings: "Settings", master: str | None) -> "Settings":
    """Name the Spark master on the command line, leaving the rest of `[spark]` as it is set."""
    if master is None:
        return settings
    if settings.engine != "spark":
        raise ConfigurationError("--master 只用于 --engine spark · --master needs --engine spark")
    spark = settings.spark.model_copy(update={"master": master})
    return settings.model_copy(update={"spark": spark})


def _reporter(quiet: bool = False) -> "Reporter":
    from pipeline.console import Reporter

    return Reporter(quiet=quiet)


def _print_json(value: Any) -> None:
    from pipeline.console import print_json

    print_json(value)


@app.command(epilog="例 · funnel ingest --home data    funnel ingest --engine spark")
def ingest(
    home: Home = None,
    config: Config = None,
    as_of: AsOf = None,
    inbox: Inbox = None,
    engine: Reading = None,
    master: Master = None,
    as_json: AsJson = False,
    strict: Strict = False,
    source: Sources = None,
) -> None:
    """收件：导出文件与数据库新行入库，拒收不合格的行 · land the inbox and databases."""
    from pipeline import nightly as steps
    from pipeline import runs

    settings = _on(_settings(home, config, as_of, inbox=inbox, engine=engine), master)
    if engine == "spark" and not settings.ingests_on_spark:
        raise ConfigurationError(
            "[spark] lake 已指定：工作节点看到的是副本，收件只能在本机进行 · with [spark] lake"
            " workers see a copy of the lake; leave --engine spark out, or lake"
        )
    reporter = _reporter(quiet=as_json)
    with runs.exclusive(settings), runs.recorded(settings, "ingest") as record:
        waiting = steps.ingest(settings, record, reporter, only=source or ())
        _insist(record, strict or bool(source), waiting)
    _finish(record, as_json)


@app.command(epilog="例 · funnel replay --home data")
def replay(
    home: Home = None,
    config: Config = None,
    inbox: Inbox = None,
    as_json: AsJson = False,
) -> None:
    """重放：声明修正后，把隔离区里的文件再收一次 · read again what was refused in part."""
    from pipeline import nightly as steps
    from pipeline import runs

    settings = _settings(home, config, inbox=inbox)
    reporter = _reporter(quiet=as_json)
    with runs.exclusive(settings), runs.recorded(settings, "replay") as record:
        steps.ingest(settings, record, reporter, replay=True)
    _finish(record, as_json)


@app.command(epilog="例 · funnel quarantine --file 笔记列表明细表.xlsx")
def quarantine(
    home: Home = None,
    config: Config = None,
    file: Annotated[str | None, typer.Option(help="文件名含此文字，逐处列出 · one file")] = None,
    as_json: AsJson = False,
) -> None:
    """隔离区：按文件与原因列出被拒收的，写明份数 · what was refused, by file and reason."""
    from pipeline.ingest import quarantine as refused

    settings = _settings(home, config)
    found = refused.summary(settings) if file is None else refused.listed(settings, file)
    if as_json:
        _print_json(found)
    else:
        _reporter().quarantined(found)


@app.command(epilog="例 · funnel accept data/inbox/cards-xhs/2026-11-16/笔记列表明细表.xlsx")
def accept(
    file: Annotated[Path, typer.Argument(help="收件时被留置的文件 · a held file")],
    home: Home = None,
    config: Config = None,
    why: Annotated[str, typer.Option(help="为什么放行，留档 · why, for the record")] = "",
) -> None:
    """放行：核对无误的留置文件，下次收件即入库 · let a held file in at the next ingest."""
    from pipeline import runs
    from pipeline.ingest.accepted import accept as let_in

    settings = _settings(home, config)
    with runs.exclusive(settings), runs.recorded(settings, "accept") as record:
        record["accepted"] = let_in(settings, file, why)
    _reporter().line(f"已放行 {record['accepted']}：下次收件即入库")


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
) -> None:
    """建模：只建有变动的模型，全部检查后换上新库 · build what changed, check, swap in."""
    from pipeline import nightly as steps
    from pipeline import runs

    settings = _on(_settings(home, config, as_of, engine=engine), master)
    reporter = _reporter(quiet=as_json)
    if explain:
        _explain(settings, reporter, as_json)
        return
    with runs.exclusive(settings), runs.recorded(settings, "build") as record:
        steps.build(settings, record, reporter, full=full)
    _finish(record, as_json)


@app.command(epilog="例 · funnel report --week 2026-W46")
def report(
    home: Home = None,
    config: Config = None,
    week: Week = None,
    reports: Reports = None,
    as_json: AsJson = False,
) -> None:
    """出周报：由已发布的库写 HTML 页面 · write the weekly page from the published database."""
    from pipeline import nightly as steps
    from pipeline import runs

    settings = _settings(home, config, reports=reports)
    reporter = _reporter(quiet=as_json)
    with runs.exclusive(settings), runs.recorded(settings, "report") as record:
        steps.report(settings, record, reporter, week)
    _finish(record, as_json)


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
    """每晚：收件、建模、出周报，一把锁、一份记录 · ingest, build and report, in order."""
    from pipeline import nightly as steps
    from pipeline import runs

    settings = _settings(home, config, as_of, inbox=inbox, reports=reports)
    reporter = _reporter(quiet=as_json)
    with runs.exclusive(settings), runs.recorded(settings, "nightly") as record:
        waiting = steps.ingest(settings, record, reporter)
        steps.build(settings, record, reporter)
        steps.report(settings, record, reporter)
        _insist(record, strict, waiting)
    _finish(record, as_json)


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

    settings = _settings(home, config)
    database = settings.analysis_database if analysis else settings.published_database
    if query is None and not sys.stdin.isatty():
        query = sys.stdin.read()
    asked = bool((query or "").strip())
    folders = [settings.parts] if analysis else []
    rows = questions.rows(database, query if query and asked else questions.TABLES, *folders)
    if as_json:
        _print_json(rows)
        return
    _reporter().rows(rows)
    if not asked:
        _reporter().hint(database)


@app.command(epilog="例 · funnel inspect --json 笔记列表明细表.xlsx")
def inspect(
    file: Annotated[Path, typer.Argument(help="任何位置的一份文件 · any file")],
    home: Home = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """看一份文件：是什么，会落成什么行，哪些会被拒收 · look at one file, write nothing."""
    from pipeline.ingest import inspect as look

    if not file.is_file():
        wrong = "是文件夹，不是文件" if file.is_dir() else "没有这个文件"
        raise InputError(f"{file}：{wrong}；请给出一份导出文件")
    found = look(file, _settings(home, config))
    if as_json:
        _print_json(found.as_dict())
    else:
        _reporter().inspection(found)
    if found.reasons:
        raise typer.Exit(InputError.exit_code)


@app.command(
    epilog="例 · funnel sample --accounts 65 --weeks 52 --customers 200000 --into /tmp/big"
)
def sample(
    into: Annotated[Path, typer.Option(help="写到哪里 · target folder")] = Path("data/sample"),
    accounts: Annotated[int, typer.Option(min=1, help="账号数 · accounts")] = 24,
    weeks: Annotated[int, typer.Option(min=2, help="周数 · weeks")] = 13,
    customers: Annotated[int, typer.Option(min=1, help="客户数 · customers")] = 6000,
    seed: Annotated[int, typer.Option(help="随机种子 · seed")] = 20261116,
    end: Annotated[
        dt.datetime,
        typer.Option(formats=["%Y-%m-%d"], help="最后一次导出的周一 · the last Monday's export"),
    ] = dt.datetime(2026, 11, 16),
) -> None:
    """样例：按各平台的真实格式生成一家虚构银行的文件 · write a fictional bank's deliveries."""
    from pipeline.sample import write

    made = write(
        into, accounts=accounts, weeks=weeks, customers=customers, seed=seed, end=end.date()
    )
    _reporter().line(f"样例 {made.files:,} 个文件，{made.bytes / 1e6:,.1f} MB：{into}")


app.add_typer(funnels.app)


def _insist(record: dict[str, Any], strict: bool, waiting: list[str]) -> None:
    if strict and waiting:
        record["exit_code"] = InputError.exit_code


def _finish(record: dict[str, Any], as_json: bool) -> None:
    if as_json:
        _print_json(record)
    if record["exit_code"]:
        raise typer.Exit(record["exit_code"])


def _explain(settings: "Settings", reporter: "Reporter", as_json: bool) -> None:
    from pipeline import warehouse

    due = warehouse.explain(settings)
    if as_json:
        _print_json([vars(partition) for partition in due])
    else:
        reporter.due(due)


def main() -> None:
    """Run the command line; a PipelineError ends it with its words and its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except PipelineError as error:
        print(f"错误 error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
