"""The review log: what is entered, by whom, and that nothing is ever taken out."""

import datetime as dt
import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipeline import ingest
from pipeline.cli import app
from pipeline.errors import InputError
from pipeline.review import Submission, decided, entries, read_rules, text_hash
from pipeline.review.days import Reviewers
from pipeline.settings import Settings

BAD, SOFT, GOOD = "理财稳赚不赔", "全国90%的家庭都在用手机银行", "今天吃什么"
HEADER = "post_id,title,body\n"


def funnel(*words: str | Path, said: str = "") -> Result:
    return CliRunner().invoke(app, [*map(str, words)], input=said)


def review(home: Path, said: str, *words: str) -> Result:
    given = ("review", "-", "--log", "--home", home, "--by", "李审", *words)
    return funnel(*given, said=said)


def lines(home: Path) -> list[dict[str, str]]:
    files = sorted((home / "reviews").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def test_the_rules_reject_send_back_or_pass(tmp_path: Path) -> None:
    table = f"{HEADER}a,,{BAD}\nb,,{SOFT}\nc,,{GOOD}\n"
    assert review(tmp_path, table, "--account", "hq", "--author", "ai").exit_code == 1
    found = lines(tmp_path)
    assert [(e["content_id"], e["decision"], e["rule_ids"]) for e in found] == [
        ("a", "reject", "missing_risk.promised;promise_return.certain"),
        ("b", "revise", "unsourced_figure.share"),
        ("c", "pass", ""),
    ]
    names = ("reviewed_by", "account_id", "author", "stage", "reviewer")
    (shared,) = {tuple(entry[name] for name in names) for entry in found}
    assert shared == ("李审", "hq", "ai", "pre", "rule")
    assert [e["text_hash"] for e in found] == [text_hash(text) for text in (BAD, SOFT, GOOD)]
    (file,) = (tmp_path / "reviews").iterdir()
    assert file.name == f"{found[0]['reviewed_at'][:7]}.jsonl"
    assert BAD not in file.read_text("utf-8")


def test_what_was_entered_stays_byte_for_byte_and_is_the_users_alone(tmp_path: Path) -> None:
    review(tmp_path, BAD, "--account", "hq")
    (file,) = (tmp_path / "reviews").iterdir()
    before = file.read_bytes()
    review(tmp_path, GOOD, "--account", "hq")
    assert file.read_bytes().startswith(before)
    assert len(file.read_bytes()) > len(before)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_person_decides_on_the_latest_wording(tmp_path: Path) -> None:
    for said in (BAD, GOOD):
        review(tmp_path, said, "--account", "hq", "--content", "D-1")
    done = funnel("decide", "D-1", "revise", "--account", "hq", "--home", tmp_path, "--by", "王总")
    assert (done.exit_code, done.stdout.strip()) == (0, "D-1（hq）：退回修改，记入审稿日志")
    last = lines(tmp_path)[-1]
    assert (last["text_hash"], last["reviewer"], last["decision"], last["reviewed_by"]) == (
        *(text_hash(GOOD), "human", "revise", "王总"),
    )


def test_a_text_without_a_name_is_known_by_its_words(tmp_path: Path) -> None:
    for said in (BAD, BAD):
        review(tmp_path, said, "--account", "hq")
    assert [e["content_id"] for e in lines(tmp_path)] == [text_hash(BAD)] * 2


def test_nothing_is_decided_on_what_was_never_submitted(tmp_path: Path) -> None:
    now = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    with pytest.raises(InputError, match="没有送审过 D-9"):
        decided(tmp_path, Submission("hq", now, "李审"), "D-9", "pass", "")


@pytest.mark.parametrize(
    ("said", "words", "why"),
    [
        (BAD, (), "缺 --account"),
        (f"{HEADER}a,,{BAD}\nb,,{GOOD}\n", ("--account", "hq", "--content", "D-1"), "有 2 篇"),
    ],
)
def test_what_cannot_be_entered_is_said(tmp_path: Path, said: str, words: tuple, why: str) -> None:
    done = review(tmp_path, said, *words)
    assert isinstance(done.exception, InputError)
    assert why in str(done.exception)
    assert lines(tmp_path) == []


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    review(tmp_path, BAD, "--account", "hq")
    (file,) = (tmp_path / "reviews").iterdir()
    file.write_text(file.read_text("utf-8") + '{"reviewed_at": "2026-1', encoding="utf-8")
    with pytest.raises(InputError, match="第 2 行不是审稿记录"):
        list(entries(tmp_path / "reviews"))


def test_a_rule_set_has_another_version_when_a_rule_has(tmp_path: Path) -> None:
    rules = read_rules()
    day = dt.date(2026, 11, 1)
    again = [rules[0].model_copy(update={"reason": "另一个理由"}), *rules[1:]]
    versions = {Reviewers(some).of(day).rule_set_version for some in (rules, rules, again)}
    assert len(versions) == 2


def test_the_night_lands_the_log_row_by_row_and_without_who_decided(settings: Settings) -> None:
    settings.inbox.mkdir(parents=True)
    review(settings.home, f"{HEADER}a,,{BAD}\nb,,{GOOD}\n", "--account", "hq")
    (file,) = settings.reviews.iterdir()
    file.write_text(file.read_text("utf-8") + "{broken\n", encoding="utf-8")
    (report,) = ingest.run(settings).files
    assert (report.file, report.outcome) == (f"reviews/{file.name}", "landed")
    assert [(c.dataset, c.landed, c.refused) for c in report.datasets] == [("bank_reviews", 2, 1)]
    landed = settings.lake / "bank_reviews"
    table = duckdb.sql(f"select * from '{landed}/month=*/*.parquet' order by content_id")
    assert [row[:3] for row in table.project("account_id, content_id, decision").fetchall()] == [
        ("hq", "a", "reject"),
        ("hq", "b", "pass"),
    ]
    names = {name for part in landed.rglob("*.parquet") for name in pq.read_schema(part).names}
    assert "reviewed_by" not in names
    review(settings.home, GOOD, "--account", "hq", "--content", "c")
    ingest.run(settings)
    again = duckdb.sql(f"select count(distinct content_id) from '{landed}/month=*/*.parquet'")
    assert again.fetchall() == [(3,)]
