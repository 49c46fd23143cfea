"""Published tables as files: read back by other programs, they hold what the database holds."""

import csv
import datetime as dt
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

from pipeline.analysts import export
from pipeline.analysts.names import chinese
from pipeline.analysts.tables import tables
from pipeline.errors import InputError
from pipeline.settings import Settings

HOSTILE: tuple[str | None, ...] = (
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\tx",
    "\rx",
    '=HYPERLINK("http://e.example")',
    "＝1+1",
    "＠x",
)
HOSTILE += ("plain", None)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A published database of one table, whose texts would be formulas in a spreadsheet."""
    file = tmp_path / "funnel.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "create schema published; create table published.posts"
            " (title varchar, day date, mature boolean, reads bigint, amount_yuan decimal(18, 2),"
            " step_rate double)"
        )
        connection.execute("comment on table published.posts is 'What posts say.'")
        connection.executemany(
            "insert into published.posts values (?, '2026-11-16', true, -5, 12.50, 0.25)",
            [[text] for text in HOSTILE],
        )
    return file


def asked(database: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_every_published_table_goes_into_parquet_as_it_is(
    sample_run: Settings, tmp_path: Path
) -> None:
    database = sample_run.published_database
    for table in tables(database):
        file = tmp_path / f"{table.name}.parquet"
        rows = export(database, f"published.{table.name}", file)
        differing = f"""
            (select * from published.{table.name} except all select * from '{file}')
            union all (select * from '{file}' except all select * from published.{table.name})
        """
        assert asked(database, differing) == []
        assert rows == pq.read_metadata(file).num_rows


def test_a_csv_holds_the_rows_and_no_formula(hostile: Path, tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    assert export(hostile, "posts", file) == len(HOSTILE)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    titles = [row["title"] for row in rows]
    assert titles == [*(f"'{text}" for text in HOSTILE[:-2]), "plain", ""]
    assert {row["reads"] for row in rows} == {"-5"}


def test_a_workbook_holds_values_formats_and_chinese_headers(hostile: Path, tmp_path: Path) -> None:
    file = tmp_path / "posts.xlsx"
    export(hostile, "posts", file)
    book = openpyxl.load_workbook(file)
    head, *rows = book["posts"].iter_rows()
    assert [cell.value for cell in head] == [
        "标题",
        "日期",
        "已成熟",
        "阅读/观看",
        "金额（元）",
        "步转化率",
    ]
    # As the format writes what XML cannot hold (ECMA-376, ST_Xstring); Excel reads it back.
    assert [row[0].value for row in rows] == [t and t.replace("\r", "_x000D_") for t in HOSTILE]
    assert {row[0].data_type for row in rows[:-1]} == {"s"}  # text, never a formula
    _, *values = rows[0]
    assert [cell.value for cell in values] == [dt.datetime(2026, 11, 16), "是", -5, 12.5, 0.25]
    forms = ["yyyy-mm-dd", "@", "#,##0", "#,##0.00", "0.0%"]
    assert [cell.number_format for cell in values] == forms
    assert book["说明"]["C1"].value == "What posts say."


def test_the_workbook_of_a_sample_table_holds_its_numbers(
    sample_run: Settings, tmp_path: Path
) -> None:
    database, file = sample_run.published_database, tmp_path / "subscriptions.xlsx"
    export(database, "subscriptions", file)
    sheet = openpyxl.load_workbook(file)["subscriptions"]
    names = [cell.value for cell in next(sheet.iter_rows())]
    orders = [row[names.index(chinese("orders"))] for row in sheet.iter_rows(2, values_only=True)]
    expected = asked(database, "select orders from published.subscriptions order by rowid")
    assert orders == [number for (number,) in expected]


def test_the_same_table_gives_the_same_bytes(hostile: Path, tmp_path: Path) -> None:
    for suffix in ("csv", "xlsx", "parquet"):
        one, other = tmp_path / f"one.{suffix}", tmp_path / f"other.{suffix}"
        export(hostile, "posts", one)
        export(hostile, "posts", other)
        assert one.read_bytes() == other.read_bytes()


def test_what_cannot_be_exported_is_refused_and_nothing_is_left(
    hostile: Path, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"没有已发布的表 post（.*相近的有 posts"):
        export(hostile, "post", tmp_path / "posts.csv")
    with pytest.raises(InputError, match=r"只写 \.csv"):
        export(hostile, "posts", tmp_path / "posts.doc")
    for kind in ("csv", "xlsx", "parquet"):
        with pytest.raises(InputError, match="写不了"):
            export(hostile, "posts", tmp_path / "nowhere" / f"posts.{kind}")
    with pytest.raises(InputError, match="没有库"):
        export(tmp_path / "none.duckdb", "posts", tmp_path / "posts.csv")
    assert [file.name for file in tmp_path.iterdir()] == ["funnel.duckdb"]


def test_every_published_column_has_a_chinese_name(sample_run: Settings) -> None:
    for table in tables(sample_run.published_database):
        for column in table.columns:
            assert chinese(column.name)
