"""Rows for the datasets of which the sample has none, so that every model has something to do.

They mean nothing: values are picked by a seeded generator from few words, dates and numbers,
some null, so that keys repeat, orders tie and totals fall as well as rise.
"""

import datetime as dt
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 60
EXPORTS = 3
_WORDS = ("存款利率上调", "信用卡 新人礼！", "#理财 打卡 pun", "Card tips, part 2", "n1", "n2", "")
_METRICS = (
    "video_plays",
    "video_likes",
    "comments",
    "shares",
    "profile_visits",
    "followers_net",
    "followers_lost",
    "followers_total",
)
_FIRST = dt.date(2026, 9, 1)


def fill(lake: Path) -> list[str]:
    """Write rows into each dataset without one; give the names of those datasets."""
    filled = []
    for schema_file in sorted(lake.glob("*/schema.parquet")):
        folder = schema_file.parent
        if any(file != schema_file for file in folder.rglob("*.parquet")):
            continue
        schema = pq.read_schema(schema_file)
        chance = random.Random(folder.name)
        rows = [
            {field.name: _value(field, row, chance, folder.name) for field in schema}
            for row in range(ROWS)
        ]
        target = folder / "month=2026-11"
        target.mkdir()
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), target / "drawn.parquet")
        filled.append(folder.name)
    _register(lake / "bank_accounts", sorted({_account(dataset) for dataset in filled}))
    _add_notes(lake / "xiaohongshu_notes")
    return filled


def _add_notes(folder: Path) -> None:
    """Give one note of an export a second one of the same moment and form, and notes of several
    weeks that promise what nobody may.
    """
    export = sorted(folder.glob("*/*.parquet"))[0]
    table = pq.ParquetFile(export).read()
    note = table.slice(0, 1).to_pylist()[0]
    added = [note | {"title": "又一篇", "source_line": 1000}]
    added += [
        note
        | {
            "title": f"理财稳赚不赔，第{week}周",
            "published_at": dt.datetime.combine(_FIRST, dt.time(9)) + dt.timedelta(weeks=week),
            "source_line": 1001 + week,
        }
        for week in range(3)
    ]
    more = pa.Table.from_pylist(added, schema=table.schema)
    pq.write_table(pa.concat_tables([table, more]), export)


def _account(dataset: str) -> str:
    return f"drawn-{dataset.split('_')[0]}"


def _register(folder: Path, accounts: list[str]) -> None:
    """Enter the drawn accounts as a known one is, so that what they win is published."""
    known = pq.read_table(sorted(folder.glob("*/*.parquet"))[0]).slice(0, 1).to_pylist()[0]
    rows = [
        known | {"account_id": account, "source_line": 1000 + line}
        for line, account in enumerate(accounts)
    ]
    schema = pq.read_schema(folder / "schema.parquet")
    target = folder / "month=2026-11" / "drawn.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), target)


def _value(field: pa.Field, row: int, chance: random.Random, dataset: str) -> object:
    named = _named(row, dataset)
    if field.name in named:
        return named[field.name]
    if field.name.endswith(("_id", "_ref", "url")):
        return f"{dataset}-{row // EXPORTS}"
    if field.name in ("day", "published_on"):
        return _FIRST + dt.timedelta(days=chance.randrange(75))
    return None if chance.random() < 0.1 else _any(field.type, chance)


def _named(row: int, dataset: str) -> dict[str, object]:
    """Give the columns that say which: every piece is in each of the exports."""
    piece, export = divmod(row, EXPORTS)
    return {
        "account_id": _account(dataset),
        "channel": "all" if piece % 2 else "其他",
        "delivery_id": f"delivery-{export}",
        "exported_at": dt.datetime(2026, 11, 1, 8) + dt.timedelta(days=7 * export),
        "form": "视频",
        "metric": _METRICS[row % len(_METRICS)],
        "published_at": dt.datetime.combine(_FIRST + dt.timedelta(days=3 * piece), dt.time(9)),
        "source_file": f"{dataset}.csv",
        "source_line": row + 2,
        "source_sheet": None,
        "title": f"{_WORDS[piece % len(_WORDS)]}{piece}",
    }


def _any(kind: pa.DataType, chance: random.Random) -> object:
    day = _FIRST + dt.timedelta(days=chance.randrange(75))
    if pa.types.is_string(kind):
        return chance.choice(_WORDS)
    if pa.types.is_boolean(kind):
        return chance.random() < 0.5
    if pa.types.is_date(kind):
        return day
    if pa.types.is_timestamp(kind):
        return dt.datetime.combine(day, dt.time(chance.randrange(24)))
    if pa.types.is_floating(kind):
        return chance.randrange(4000) / 4
    if pa.types.is_integer(kind):
        return chance.randrange(5000)
    return None
