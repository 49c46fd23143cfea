"""`funnel review`: what the rules have against a text before it is published."""

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.options import AsJson, Config, Home, print_json, reporter_of, settings_of
from pipeline.commands.review_log import (
    Account,
    AuthorName,
    By,
    Content,
    Log,
    StageName,
    enter,
    submission,
)
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.console import Reporter
    from pipeline.review import Draft, Refused, Reviewed

app = typer.Typer(rich_markup_mode=None)

_VERDICTS = {
    "violation": "违规",
    "evidence_needed": "需补证据",
    "manual_review": "需人工复核",
    "advice": "建议",
}
_FOUND = 1
_TABLES = (".csv", ".xlsx", ".xls")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


Source = Annotated[
    str,
    typer.Argument(
        metavar="FILE|-",
        help="一段文字，或草稿表（csv、xlsx：post_id、title、body）；- 读标准输入 · texts",
    ),
]
Comments = Annotated[
    bool,
    typer.Option("--comments", help="评论表（comment_id、text）：情感、严重度、方面 · comments"),
]
RulesOf = Annotated[
    dt.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="按哪一天的规则，默认今天 · rules of which day"),
]


@app.command(epilog='例 · echo "理财稳赚不赔" | funnel review -')
def review(
    source: Source,
    comments: Comments = False,
    date: RulesOf = None,
    log: Log = False,
    account: Account = None,
    content: Content = None,
    stage: StageName = "pre",
    author: AuthorName = "human",
    by: By = None,
    home: Home = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """审稿：发布前查违规表述，0 干净、1 有发现、2 有行读不了 · review texts before publication."""
    from pipeline import review as reviewing

    settings = settings_of(home, config, date)
    read = _read(source, comments)
    drafts = [row for row in read if not isinstance(row, reviewing.Refused)]
    refused = [row for row in read if isinstance(row, reviewing.Refused)]
    found: list[Reviewed] = []
    if comments:
        _tell_comments(list(reviewing.opinions(drafts)), refused, as_json)
    else:
        rules = reviewing.read_rules(settings.home / "review")
        found = list(reviewing.audit(drafts, settings.as_of, rules, settings.own_hosts))
        if log:
            enter(settings, submission(account, by, stage, author), found, content)
        _tell_posts(found, refused, as_json)
    if refused or not all(post.is_clean for post in found):
        raise typer.Exit(InputError.exit_code if refused else _FOUND)


def _read(source: str, comments: bool) -> "Sequence[Draft | Refused]":
    """Read a table of drafts, or take the whole of a text as one."""
    from pipeline.ingest.container import FileRefused
    from pipeline.ingest.read import load, read_bytes
    from pipeline.ingest.text_files import decode
    from pipeline.review import Draft, is_table, read_drafts

    try:
        data = sys.stdin.buffer.read() if source == "-" else load(Path(source))
        if (
            source.lower().endswith(_TABLES)
            or data.startswith(_WORKBOOKS)
            or is_table(_header(decode(data)))
        ):
            grid = read_bytes(data).grids[0]
            return list(read_drafts(grid.rows, grid.lines, comments))
        text = decode(data).strip()
    except FileRefused as error:
        raise InputError(f"{source}：{error}") from None
    if not text:
        raise InputError(f"{source}：是空的；应为一段文字，或有表头的草稿表")
    if comments:
        return [Draft(str(at), "", line) for at, line in enumerate(text.splitlines(), 1) if line]
    return [Draft(source, "", text, is_named=False)]


def _header(text: str) -> list[list[str]]:
    first = text.lstrip("\ufeff").partition("\n")[0]
    return [[cell.strip().strip('"') for cell in first.split(",")]]


def _tell_posts(found: "list[Reviewed]", refused: "list[Refused]", as_json: bool) -> None:
    if as_json:
        print_json({"posts": [post.as_dict() for post in found], "refused": _plain(refused)})
        return
    from pipeline.review import category_names

    reporter, names = reporter_of(), category_names()
    for post in found:
        if post.findings:
            _tell_post(reporter, post, names)
    _tell_refused(reporter, refused)
    wrong = sum(not post.is_clean for post in found)
    reporter.line(f"审稿 {len(found):,} 篇：{wrong:,} 篇有发现，{len(refused):,} 行未读")


def _tell_post(reporter: "Reporter", post: "Reviewed", names: dict[str, str]) -> None:
    reporter.line(f"{post.draft.id} {post.draft.title}".rstrip())
    for found in post.findings:
        name = names.get(found.category, found.category)
        shown = found.text.replace("\n", " ")
        reporter.line(
            f"  {_VERDICTS[found.verdict]} {name}：“{shown}”（第 {found.start + 1}–{found.end} 字）"
        )
        reporter.line(f"    {found.reason}（依据 {found.legal_basis}；以本行法律审查为准）")
        reporter.line(f"    改法：{found.suggestion}")


def _tell_comments(judged: list[dict[str, Any]], refused: "list[Refused]", as_json: bool) -> None:
    if as_json:
        print_json({"comments": judged, "refused": _plain(refused)})
        return
    reporter = reporter_of()
    heads = {"comment_id": "编号", "sentiment": "情感", "severity": "严重度", "aspects": "方面"}
    reporter.rows(
        [
            {
                head: "、".join(row[key]) if key == "aspects" else row[key]
                for key, head in heads.items()
            }
            for row in judged
        ]
    )
    _tell_refused(reporter, refused)


def _tell_refused(reporter: "Reporter", refused: "list[Refused]") -> None:
    for row in refused:
        reporter.line(f"  未读 第 {row.line} 行：{row.reason}")


def _plain(refused: "list[Refused]") -> list[dict[str, Any]]:
    return [{"line": row.line, "reason": row.reason} for row in refused]
