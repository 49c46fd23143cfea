"""The `funnel` command. Exit codes are here; what is printed goes through `pipeline.console`.

A command reads its settings, calls one function, prints what came of it. Heavy modules are
imported inside the commands, so that `--help` answers at once.
"""

import os
import sys
from typing import NoReturn

import typer

from pipeline.commands import (
    analysts,
    audit,
    erase,
    funnels,
    inbox,
    keys,
    labels,
    night,
    query,
    review,
    review_log,
    sample,
    vault,
)
from pipeline.errors import PipelineError, of_the_machine

app = typer.Typer(
    help="从粉丝到活跃客户的漏斗分析：收件、建模、出周报。\n\n"
    "Funnel analytics from followers to active customers.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
for topic in (
    *(inbox, night, erase, query, analysts, sample),
    *(funnels, review, review_log, labels),
):
    app.add_typer(topic.app)
app.add_typer(audit.app, name="audit")
app.add_typer(keys.app, name="keys")
app.add_typer(vault.app, name="vault")


def main() -> None:
    """Run the command line; a PipelineError ends it with its words and its exit code.

    So does what the machine refuses, a permission or room on its disk.

    Whatever the user's umask, nobody else may write what it makes: a page is script to its reader.
    """
    os.umask(os.umask(0o022) | 0o022)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except PipelineError as error:
        _end(error)
    except OSError as error:
        refused = of_the_machine(error)
        if refused is None:
            raise
        _end(refused)


def _end(error: PipelineError) -> NoReturn:
    from pipeline.console import printable

    print(f"错误 error: {printable(str(error))}", file=sys.stderr)
    sys.exit(error.exit_code)
