"""Commands about what is delivered: take it in, look at it, let it in after all."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import (
    AsJson,
    AsOf,
    Config,
    Home,
    Inbox,
    Master,
    Reading,
    Sources,
    Strict,
    finish,
    insist,
    on,
    print_json,
    reporter_of,
    settings_of,
)
from pipeline.errors import ConfigurationError, InputError

app = typer.Typer(rich_markup_mode=None)


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

    settings = on(settings_of(home, config, as_of, inbox=inbox, engine=engine), master)
    if engine == "spark" and not settings.ingests_on_spark:
        raise ConfigurationError(
            "[spark] lake 已指定：工作节点看到的是副本，收件只能在本机进行 · with [spark] lake"
            " workers see a copy of the lake; leave --engine spark out, or lake"
        )
    reporter = reporter_of(quiet=as_json)
    with runs.exclusive(settings), runs.recorded(settings, "ingest") as record:
        waiting = steps.ingest(settings, record, reporter, only=source or ())
        insist(record, strict or bool(source), waiting)
    finish(record, as_json)


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

    settings = settings_of(home, config, inbox=inbox)
    reporter = reporter_of(quiet=as_json)
    with runs.exclusive(settings), runs.recorded(settings, "replay") as record:
        steps.ingest(settings, record, reporter, replay=True)
    finish(record, as_json)


@app.command(epilog="例 · funnel quarantine --file 笔记列表明细表.xlsx")
def quarantine(
    home: Home = None,
    config: Config = None,
    file: Annotated[str | None, typer.Option(help="文件名含此文字，逐处列出 · one file")] = None,
    as_json: AsJson = False,
) -> None:
    """隔离区：按文件与原因列出被拒收的，写明份数 · what was refused, by file and reason."""
    from pipeline.ingest import quarantine as refused

    settings = settings_of(home, config)
    found = refused.summary(settings) if file is None else refused.listed(settings, file)
    if as_json:
        print_json(found)
    else:
        reporter_of().quarantined(found)


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

    settings = settings_of(home, config)
    with runs.exclusive(settings), runs.recorded(settings, "accept") as record:
        record["accepted"] = let_in(settings, file, why)
    reporter_of().line(f"已放行 {record['accepted']}：下次收件即入库")


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
    found = look(file, settings_of(home, config))
    if as_json:
        print_json(found.as_dict())
    else:
        reporter_of().inspection(found)
    if found.reasons:
        raise typer.Exit(InputError.exit_code)
