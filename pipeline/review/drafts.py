"""Rows of a delivered table -> drafts and comments, or why a row cannot be one."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import InputError

_POST = {
    "id": ("post_id", "id", "编号", "笔记id", "作品id", "内容id"),
    "title": ("title", "标题", "笔记标题", "作品名称", "作品标题"),
    "body": ("body", "正文", "内容", "笔记正文", "文案", "text"),
    "date": ("date", "published_at", "发布日期", "发布时间", "首次发布时间"),
}
_COMMENT = {
    "id": ("comment_id", "id", "编号", "评论id"),
    "body": ("text", "评论", "评论内容", "内容", "body"),
}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


@dataclass(frozen=True)
class Draft:
    """A text to review. day: the day it is judged by, where the table says one.

    is_named: its id was given, and is no mere place in a file.
    """

    id: str
    title: str
    body: str
    day: dt.date | None = None
    is_named: bool = True

    @property
    def text(self) -> str:
        """Title and body with a line end between; what a finding's offsets count in."""
        return f"{self.title}\n{self.body}" if self.title else self.body


@dataclass(frozen=True)
class Refused:
    """A row that cannot be used. line: where it starts in the file."""

    line: int
    reason: str


Column = Mapping[str, int]


def is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether rows begin with a header that names a text's column."""
    heads = _heads(rows[0]) if rows else []
    return any(name in heads for name in (*_POST["title"], *_POST["body"], *_COMMENT["body"]))


def read_drafts(
    rows: Sequence[Sequence[str]], lines: Sequence[int], comments: bool = False
) -> Iterator[Draft | Refused]:
    """Give a draft, or why there is none, for each row below the header.

    rows: cells of each row, the header first; lines: where each row starts in the file. A column
    is known by its name: docs/REVIEW.md lists them. Without a column of ids the line is the id.
    Raises InputError where no column holds the text.
    """
    columns = _columns(rows[0] if rows else [], _COMMENT if comments else _POST)
    width = len(rows[0])
    seen: set[str] = set()
    for row, line in zip(rows[1:], lines[1:], strict=True):
        if not any(cell.strip() for cell in row):
            continue
        read = _read(row, line, columns, width)
        if isinstance(read, Draft) and read.id in seen:
            read = Refused(line, f"编号 {read.id} 重复；应为每行一个编号")
        if isinstance(read, Draft):
            seen.add(read.id)
        yield read


def _read(row: Sequence[str], line: int, columns: Column, width: int) -> Draft | Refused:
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        return Refused(line, f"有 {len(row)} 列，表头只有 {width} 列；正文含逗号时请用引号括起")
    cells = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
    key = cells["id"].strip() if "id" in columns else str(line)
    title, body = cells.get("title", "").strip(), cells.get("body", "").strip()
    if not key:
        return Refused(line, "没有编号；应为每行一个编号")
    if not title and not body:
        return Refused(line, "标题与正文都是空的；应至少有一项")
    said = cells.get("date", "").strip()
    day = _day(said)
    if said and day is None:
        return Refused(line, f"日期 {said} 读不出；应为 2026-11-16 一类的年月日")
    return Draft(key, title, body, day, "id" in columns)


def _day(said: str) -> dt.date | None:
    if (found := _DAY.match(said)) is None:
        return None
    try:
        return dt.date(*map(int, found.groups()))
    except ValueError:
        return None


def _columns(header: Sequence[str], names: Mapping[str, Sequence[str]]) -> Column:
    heads = _heads(header)
    found = {
        column: heads.index(next(name for name in known if name in heads))
        for column, known in names.items()
        if any(name in heads for name in known)
    }
    if not found.keys() & {"title", "body"}:
        wanted = "、".join((*names.get("title", ()), *names["body"]))
        raise InputError(f"表头是 {'、'.join(header)}，没有文本列；应有其一：{wanted}")
    return found


def _heads(header: Sequence[str]) -> list[str]:
    return [cell.strip().lower() for cell in header]
