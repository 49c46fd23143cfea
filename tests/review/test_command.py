"""`funnel review` as a shell sees it."""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands import review as command
from pipeline.review import category_names

ROOT = Path(__file__).parents[2]
HEADER = "post_id,title,body\n"
POSTS = HEADER + "a,理财上新,稳赚不赔\nb,早餐,豆浆和油条\n"


def funnel(folder: Path, *words: str | Path, said: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "review", *map(str, words)],
        cwd=folder,
        input=said,
        capture_output=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def posts(done: subprocess.CompletedProcess[str]) -> dict[str, list[str]]:
    told = json.loads(done.stdout)["posts"]
    return {post["post_id"]: [f["category"] for f in post["findings"]] for post in told}


@pytest.mark.parametrize(("text", "code"), [("理财稳赚不赔", 1), ("今天吃什么", 0)])
def test_a_text_on_standard_input(tmp_path: Path, text: str, code: int) -> None:
    done = funnel(tmp_path, "-", said=text.encode())
    assert (done.returncode, done.stderr) == (code, "")
    if code:
        for words in ("违规 变相承诺收益", "“稳赚”（第 3–4 字）", "第二十五条第一项", "改法："):
            assert words in done.stdout


def test_a_table_of_drafts_as_json(tmp_path: Path) -> None:
    file = tmp_path / "drafts.csv"
    file.write_text(POSTS, encoding="utf-8")
    done = funnel(tmp_path, file, "--json")
    assert done.returncode == 1
    first, second = json.loads(done.stdout)["posts"]
    assert (second["findings"], second["theme"], second["format"]) == ([], "lifestyle", "none")
    assert {f["category"] for f in first["findings"]} == {"promise_return", "missing_risk"}
    for finding in first["findings"]:
        assert "理财上新\n稳赚不赔"[finding["start"] : finding["end"]] == finding["text"]
        assert finding["verdict"] == "violation"
        assert finding["category"] in category_names()


def test_clean_drafts_end_with_0(tmp_path: Path) -> None:
    done = funnel(tmp_path, "-", "--json", said=(HEADER + "b,早餐,豆浆\n").encode())
    assert (done.returncode, posts(done)) == (0, {"b": []})


def test_workbooks_and_gb18030_are_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in POSTS.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "drafts.xlsx")
    (tmp_path / "drafts.csv").write_text(POSTS.replace("post_id,title,body", "编号,标题,正文"), "gb18030")
    shown = [funnel(tmp_path, name, "--json") for name in ("drafts.xlsx", "drafts.csv")]
    assert posts(shown[0]) == posts(shown[1])
    assert posts(shown[0])["a"] and not posts(shown[0])["b"]


def test_rows_that_cannot_be_drafts_are_named_and_the_others_reviewed(tmp_path: Path) -> None:
    said = POSTS + "a,又一次,重复\nc,,\nd,多,一,列\n,没有,编号\n"
    done = funnel(tmp_path, "-", "--json", said=said.encode())
    assert done.returncode == 2
    assert posts(done).keys() == {"a", "b"}
    refused = {row["line"]: row["reason"] for row in json.loads(done.stdout)["refused"]}
    assert list(refused) == [4, 5, 6, 7]
    for line, words in {4: "重复", 5: "空的", 6: "4 列", 7: "没有编号"}.items():
        assert words in refused[line]


def test_a_draft_is_held_to_the_rules_of_its_day(tmp_path: Path) -> None:
    text = "消费贷秒到账，年化利率（单利）4%起，请理性借贷"
    said = f"post_id,body,date\nold,{text},2026-09-29\nnew,{text},2026/9/30\nnever,{text},昨天\n"
    done = funnel(tmp_path, "-", "--json", said=said.encode())
    assert posts(done) == {"old": [], "new": ["exaggeration"]}
    assert "昨天" in json.loads(done.stdout)["refused"][0]["reason"]
    assert funnel(tmp_path, "-", "--date", "2026-09-29", said=text.encode()).returncode == 0


def test_comments(tmp_path: Path) -> None:
    said = "comment_id,text\n1,客户经理骗我妈买保险\n2,几点开门\n"
    done = funnel(tmp_path, "-", "--comments", "--json", said=said.encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["comments"] == [
        {"comment_id": "1", "sentiment": "negative", "severity": 3, "aspects": ["fraud", "service"]},
        {"comment_id": "2", "sentiment": "neutral", "severity": 0, "aspects": []},
    ]


@pytest.mark.parametrize(
    ("said", "words"),
    [(b"", "是空的"), (b"comment_id,text\n1,a\n\x00", "NUL"), (b"\xff\xfe\x00", "NUL")],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, said: bytes, words: str) -> None:
    done = funnel(tmp_path, "-", said=said)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    done = funnel(tmp_path, "nowhere.csv")
    assert done.returncode == 2
    assert "nowhere.csv" in done.stderr


def test_rules_of_the_home_count_too(tmp_path: Path) -> None:
    from tests.review.test_rules import RULE

    folder = tmp_path / "data" / "review"
    folder.mkdir(parents=True)
    (folder / "house.toml").write_text(RULE, encoding="utf-8")
    done = funnel(tmp_path, "-", "--json", said="到网点送礼品卡".encode())
    assert posts(done) == {"-": ["house"]}
    assert done.returncode == 0, "advice alone holds nothing up"


def test_every_verdict_has_a_chinese_word() -> None:
    from typing import get_args

    from pipeline.review.rules import Verdict

    assert command._VERDICTS.keys() == set(get_args(Verdict))
