"""Whatever can be wrong with a file has Chinese words; a reason without them fails here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.ingest.catalogue import sources
from pipeline.ingest.chinese import chinese
from pipeline.ingest.database.snapshot import _CAUSES
from pipeline.ingest.database.watermark import KINDS
from pipeline.ingest.source import ByName, Column

INGEST = Path(__file__).parents[2] / "pipeline" / "ingest"
REFUSING = {"FileRefused": (0, 1, 2), "ValueError": (0,), "_Reason": (0, 1), "_unrested": (0,)}
REFUSING |= {"refuse": (3, 4), "refused": (2,), "_matching": (2,), "Refusal": (5, 6)}
FRAMES = ("7 (7)", "7 (header in row 7)", "7, of 7")
UNSAID = (*FRAMES, "more than 7 bytes", "a name twice in one object")
"""Frames of what is said elsewhere, and causes that stand in brackets or are said otherwise."""


def sentence(node: ast.expr) -> str | None:
    """Give a text, with a number for what it names; None where it is only passed on."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [sentence(part) if isinstance(part, ast.Constant) else "7" for part in node.values]
        return None if parts == ["7"] else "".join(part or "" for part in parts)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = sentence(node.left), sentence(node.right)
        return None if left is None and right is None else (left or "7") + (right or "7")
    return None


def raised() -> Iterator[str]:
    for file in sorted(INGEST.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            for place in REFUSING.get(name, ()):
                if place < len(node.args) and (text := sentence(node.args[place])):
                    yield text


def expected() -> Iterator[str]:
    for source in sources():
        for field in source.columns:
            if isinstance(field, Column):
                yield field.type.words
            elif isinstance(field, ByName):
                yield from (kind.words for _, kind in field.metrics.values())
        for table in source.lookalikes:
            yield f"{table.found} (header in row 7)"
            yield table.action


@pytest.mark.parametrize(
    "text", sorted({*raised(), *expected(), *_CAUSES.values(), "no connection", *KINDS})
)
def test_every_reason_is_said_in_chinese(text: str) -> None:
    if text not in UNSAID:
        assert any("一" <= character <= "鿿" for character in chinese(text)), text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "a file of 9 bytes; expected at most 5: deliver it in parts",
            "文件有 9 字节；应为至多 5：请分几份交付",
        ),
        (
            "csv that fits no declared source, beginning with: 甲; expected one of docs/SOURCES.md "
            "or docs/BANK_FILES.md: remove it, name its columns in a mapping file "
            "(docs/MAPPING.md), or declare it in pipeline/ingest/platforms",
            "CSV 文本，与已声明的来源都不符，开头是：甲；应为docs/SOURCES.md 或 docs/BANK_FILES.md "
            "所列之一：请移走，或用映射文件写明各列（docs/MAPPING.md），或在 "
            "pipeline/ingest/platforms 声明",
        ),
        (
            "a workbook that cannot be read (sheet A has 300,000 rows, more than 200,000: export a "
            "shorter period); expected a whole workbook without a password: export it again",
            "工作簿读不出来（工作表 A 有 300,000 行，超过上限 200,000 行：请缩短时段导出）；"
            "应为完整、没有密码的工作簿：请重新导出",
        ),
        (
            "contradicts line 4: the same 日期 with other values",
            "与第 4 行矛盾：日期 相同而数值不同",
        ),
        (
            "a query without its watermark column updated_at (it gives event_id, amount); expected "
            "the watermark among its columns: name it in the query, or correct watermark",
            "查询里没有水位列 updated_at（查出的列：event_id, amount）；应为查出的列里有水位列："
            "请在查询里写上它，或改正 watermark",
        ),
        (
            "a query for bank_events without customer_id (it gives event_id); expected every "
            "required column: name the columns in the query as docs/BANK_FILES.md does",
            "bank_events 的查询缺少 customer_id（查出的列：event_id）；应为全部必需的列："
            "请在查询里按 docs/BANK_FILES.md 给列命名",
        ),
        (
            "a whole number in the column number for a watermark, where the last read ended at "
            "updated_at 2026-11-03T05:00:00+08:00; expected the column updated_at with a time with "
            "its zone: give the source another name, or delete lake/database_reads/core: either "
            "reads it anew",
            "水位列换成了 number（整数），而上次读到 updated_at 列的 2026-11-03T05:00:00+08:00；"
            "应为updated_at 列（带时区的时间）：请给该来源另起名字，或删去 "
            "lake/database_reads/core，两者都会从头再读",
        ),
        (
            "a query that the database ended (canceling statement due to statement timeout); "
            "expected a query that runs read-only within timeout_seconds: try the query in psql, "
            "correct it in funnel.toml, and run again",
            "查询被数据库中止（超过 timeout_seconds）；应为只读、能在 timeout_seconds 内完成的"
            "查询：请在 psql 里试跑，改正 funnel.toml 后再运行",
        ),
        (
            'a query that the database ended (relation "no_such" does not exist)',
            '查询被数据库中止（relation "no_such" does not exist）',
        ),
        (
            "rows whose updated_at is still to come: 3; they are read when it has come",
            "updated_at 在将来的有 3 行，到时再读",
        ),
        (
            "a zip archive, no workbook, that fits no declared source, beginning with: nothing",
            "压缩包，不是工作簿，与已声明的来源都不符，里面没有字",
        ),
        (
            "lies under account none, but these bytes were landed for hq: one of the two was "
            "exported from the wrong account",
            "不在任何账号的文件夹里，但同样的内容已作为 hq 入库：其中一份放错了地方",
        ),
        ("something nobody said before", "something nobody said before"),
    ],
)
def test_a_whole_message_is_said_in_chinese(text: str, said: str) -> None:
    assert chinese(text) == said
