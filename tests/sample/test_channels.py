"""Every channel of the matrix has a file in its true container, every declared table has rows."""

import csv
import gzip
import io
import json
import zipfile
from pathlib import Path

import duckdb
import pytest

from pipeline.ingest import sources
from pipeline.settings import Settings
from pipeline.warehouse.model import sql_folder

DOCUMENTS = Path(__file__).parents[2] / "docs" / "mappings"
MAPPINGS = Path(__file__).parents[2] / "pipeline" / "sample" / "static" / "mappings"


def latest(inbox: Path, account: str, pattern: str) -> Path:
    (path,) = (inbox / account / "2026-11-16").glob(pattern)
    return path


CORRECTED = {"bank_content_calendar", "bank_post_labels", "bank_work_corrections"}
"""What people say of posts by hand: the sample shows what the pipeline makes of them by itself."""


def test_every_declared_table_but_what_people_correct_has_rows_in_the_sample(
    sample_run: Settings,
) -> None:
    landed = {path.parents[1].name for path in sample_run.lake.glob("*/*/*.parquet")}
    declared = {source.name for source in sources()}
    assert declared - landed == CORRECTED


def test_every_registered_account_counts_above_the_click_in_every_week(
    sample_run: Settings,
) -> None:
    with duckdb.connect(str(sample_run.published_database), read_only=True) as connection:
        told = connection.execute(
            "select account_id, count(distinct week) from published.weekly_funnel"
            " where level = 'account' and stage in ('exposure', 'read', 'follow') and total > 0"
            " group by all"
        ).fetchall()
    assert len(told) == 24
    assert min(weeks for _, weeks in told) == 13  # 14 where the first export looks back


def test_the_staging_model_of_each_table_that_a_core_model_reads_has_rows(
    sample_run: Settings,
) -> None:
    core = "".join(path.read_text("utf-8") for path in (sql_folder() / "core").glob("*.sql"))
    with duckdb.connect(str(sample_run.analysis_database), read_only=True) as connection:
        empty = [
            path.stem
            for path in sorted((sql_folder() / "staging").glob("*.sql"))
            if f"staging.{path.stem}" in core
            and not connection.execute(f"select count(*) from staging.{path.stem}").fetchall()[0][0]
        ]
    assert set(empty) == CORRECTED


def test_toutiao_s_workbooks_have_an_empty_fill_and_text_cells(inbox: Path) -> None:
    with zipfile.ZipFile(latest(inbox, "wealth-toutiao", "图文_-_1-*.xlsx")) as archive:
        assert b"<fill></fill>" in archive.read("xl/styles.xml")
        sheet = archive.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert '<dimension ref="A1"/>' in sheet and 't="str"><v>-1.00</v>' in sheet


def test_zhihu_names_csv_text_xls(inbox: Path) -> None:
    for name in ("日报表.xls", "文章.xls", "回答.xls"):
        raw = latest(inbox, "wealth-zhihu", name).read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf") and b"," in raw.splitlines()[0]


def test_douyin_s_list_of_works_comes_in_both_orders_of_columns_and_beside_averages(
    inbox: Path,
) -> None:
    def shared(path: Path) -> str:
        with zipfile.ZipFile(path) as archive:
            return archive.read("xl/sharedStrings.xml").decode("utf-8")

    (old,) = (inbox / "hq-douyin" / "2026-08-24").glob("作品列表.xlsx")
    assert "审核状态" in shared(old) and "封面点击率" in shared(old)
    new = shared(latest(inbox, "hq-douyin", "data.xlsx"))
    assert "发布状态" in new and new.index("评论量") < new.index("分享量")
    assert "周期内投稿量" in shared(latest(inbox, "hq-douyin", "作品列表_投稿分析.xlsx"))


def test_cooperation_notes_stand_below_two_merged_rows_of_groups(inbox: Path) -> None:
    with zipfile.ZipFile(latest(inbox, "cards-xhs", "蒲公英笔记数据.xlsx")) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert '<mergeCell ref="A1:T1"/>' in sheet
    assert sheet.split('<row r="3"')[1].startswith(' ht="20.0"') and "笔记id" in sheet


def test_the_logs_are_gzipped_json_lines_and_parts_of_csv(inbox: Path) -> None:
    with gzip.open(next(inbox.glob("bank/*/sensors/event.jsonl.gz")), "rt", "utf-8") as file:
        lines = [json.loads(line) for line in file]
    assert {line["type"] for line in lines} == {"track"} and "未取到值" in str(lines[0])
    parts = sorted(inbox.glob("bank/*/growingio/*.csv.gz"))
    rows = [csv.reader(io.StringIO(gzip.decompress(p.read_bytes()).decode())) for p in parts]
    assert len(parts) > 1 and len({tuple(next(part)) for part in rows}) == 1


@pytest.mark.parametrize("file", sorted(path.name for path in MAPPINGS.glob("*.toml")))
def test_the_mappings_of_the_sample_are_those_of_the_documents(file: str) -> None:
    assert (MAPPINGS / file).read_bytes() == (DOCUMENTS / file).read_bytes()
