"""The command that takes persons and past times out of everything below the home."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import (
    AsJson,
    AsOf,
    Config,
    EngineName,
    Home,
    finish,
    reporter_of,
    settings_of,
)
from pipeline.errors import InputError

app = typer.Typer(rich_markup_mode=None)

Persons = Annotated[list[str] | None, typer.Option(help="此人的令牌，可重复 · a person's token")]
Customers = Annotated[
    Path | None,
    typer.Option(help="每行一个客户号的文件，- 为标准输入；只读不存 · customer ids, a line each"),
]
Withdrawn = Annotated[
    bool, typer.Option("--withdrawn", help="撤回了授权的人 · who took consent back")
]
Expired = Annotated[bool, typer.Option("--expired", help="超过保存期的行 · rows past retention")]


@app.command(epilog="例 · funnel erase --customers ids.txt    funnel erase --expired")
def erase(
    home: Home = None,
    config: Config = None,
    as_of: AsOf = None,
    token: Persons = None,
    customers: Customers = None,
    withdrawn: Withdrawn = False,
    expired: Expired = False,
    engine: EngineName = None,
    as_json: AsJson = False,
) -> None:
    """删除：把人或到期的行从湖、库、隔离区中删净，留证书 · erase persons or expired rows."""
    from pipeline import nightly as steps
    from pipeline import runs
    from pipeline.ingest import erasure

    settings = settings_of(home, config, as_of, engine=engine)
    if not (token or customers or withdrawn or expired or erasure.is_open(settings)):
        raise InputError(
            "删除谁？给出 --token、--customers、--withdrawn 或 --expired · say what to erase"
        )
    reporter = reporter_of(quiet=as_json)
    with runs.exclusive(settings), runs.recorded(settings, "erase") as record:
        if token or customers:
            persons = erasure.tokens_of(token or ())
            persons += erasure.tokens_of_customers(settings, _lines(customers))
            erasure.place(settings, "token", persons)
        if withdrawn and (persons := erasure.withdrawn(settings)):
            erasure.place(settings, "withdrawn", persons)
        if expired and steps.has_come(settings, reporter):
            steps.retain(settings)
        if erasure.is_open(settings):
            steps.build(settings, record, reporter)
        else:
            reporter.line("没有要删除的 · nothing to erase")
    finish(record, as_json)


def _lines(file: Path | None) -> list[str]:
    """Read the lines of a file, `-` for standard input; InputError shows none of them."""
    if file is None:
        return []
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputError(
            f"--customers {file}：读不出 · expected a text file in UTF-8, a customer id a line"
        ) from None
    return text.splitlines()
