"""docs/REPORT.md: its commands run, its settings are settings, its keys are those of the file."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipeline.report.facts_file import as_json
from pipeline.report.page import briefing
from pipeline.report.surfaces import Wanted
from pipeline.settings import MailSettings
from tests.report.published_database import draw

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "REPORT.md").read_text(encoding="utf-8")
COMMANDS = re.search(r"```sh\n(.*?)```", TEXT, re.S)[1].splitlines()


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A workspace with a database inside the bank and one for outside."""
    folder = tmp_path_factory.mktemp("report")
    for home in ("data", "data/outside"):
        (folder / home).mkdir()
        draw(folder / home / "funnel.duckdb")
    mail = re.search(r"```toml\n(.*?)```", TEXT, re.S)[1]
    (folder / "data" / "funnel.toml").write_text(mail, encoding="utf-8")
    return folder


@pytest.mark.browser
def test_every_command_writes_what_the_table_says(folder):
    for command in COMMANDS:
        done = run(folder, *shlex.split(command)[1:])
        assert (done.returncode, done.stderr) == (0, ""), command
        record = max((folder / "data" / "runs").glob("*.json"))
        written = json.loads(record.read_text(encoding="utf-8"))["report"]["written"]
        for option in re.findall(r"--(standalone|xlsx|pdf|png|mail|to)\b", command):
            ending = {"mail": ".eml", "to": ".eml"}.get(option, f".{option}")
            assert any(ending in Path(name).suffixes for name in written), (command, option)
        assert all((folder / name).is_file() for name in written)
        assert {(folder / name).stat().st_mode & 0o777 for name in written} == {
            (folder / written[0]).stat().st_mode & 0o777
        }
    listed = set(re.findall(r"`(2026-W46[\w.]*|2026-10[\w.]*|index[\w.]*|assets/[\w.-]*)`", TEXT))
    assert len(listed) == 14
    assert [name for name in listed if not (folder / "reports" / name).is_file()] == []


def test_outside_writes_beside_each_other_and_tells_the_trail(folder):
    done = run(folder, "report", "--audience", "outside", "--lang", "zh", "--mail", "--xlsx")
    assert (done.returncode, done.stderr) == (0, "")
    made = {path.name for path in (folder / "reports" / "outside").iterdir()}
    assert {"2026-W46.eml", "2026-W46.xlsx", "2026-W46.json"} <= made
    trail = (folder / "data" / "audit" / "trail.jsonl").read_text(encoding="utf-8").splitlines()
    last = [(entry["action"], entry["rule"]) for entry in map(json.loads, trail[-3:])]
    actions = ("report", "report-xlsx", "report-mail")
    assert last == [(action, "audience:outside") for action in actions]


def test_who_the_mail_is_to_is_neither_in_the_trail_nor_in_the_record(folder):
    done = run(folder, "report", "--lang", "zh", "--to", "wang.wu@bank.example")
    assert done.returncode == 0
    assert b"wang.wu@bank.example" in (folder / "reports" / "2026-W46.eml").read_bytes()
    for file in (*(folder / "data" / "audit").iterdir(), *(folder / "data" / "runs").iterdir()):
        assert b"wang.wu" not in file.read_bytes()


def test_a_wrong_address_ends_with_2_before_anything_is_written(folder):
    done = run(folder, "report", "--to", "nobody", "--reports", "none")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "不都是邮件地址" in done.stderr
    assert not (folder / "none").exists()


def test_a_month_is_written_and_listed_or_refused_in_chinese(folder):
    done = run(folder, "report", "--month", "2026-09", "--lang", "zh")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"月报 {Path('reports') / '2026-09.html'}" in done.stdout
    assert 'href="2026-09.html"' in (folder / "reports" / "index.html").read_text("utf-8")
    for words, reason in (
        (("--month", "2026-11"), "库中有 2026-06 至 2026-10"),
        (("--month", "2026-13"), "不是月份"),
        (("--month", "2026-09", "--week", "2026-W46"), "只能给一个"),
    ):
        done = run(folder, "report", *words)
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)
        assert reason in done.stderr


def test_the_help_names_every_option_the_document_does():
    said = run(ROOT, "report", "--help").stdout
    named = set(re.findall(r"--[a-z]+", " ".join(COMMANDS))) | {"--audience"}
    assert [option for option in named if option not in said] == []


def test_the_kinds_the_trail_names_are_all_that_can_be_wanted():
    kinds = re.findall(r"`report-(\w+)`", TEXT)
    assert set(kinds) == set(Wanted.__dataclass_fields__)


def test_the_settings_shown_are_settings():
    shown = tomllib.loads(re.search(r"```toml\n(.*?)```", TEXT, re.S)[1])["mail"]
    assert MailSettings(**shown).subject == MailSettings().subject
    assert set(shown) == {"from", "to", "subject"}


def test_every_key_of_the_facts_is_listed(facts, month):
    listed = set(re.findall(r"`(\w+)`", TEXT[TEXT.index("## The facts as JSON") :]))
    for page in (facts, month):
        told = json.loads(as_json(page, briefing(page)))
        del told["parameters"][:], told["definitions"][:]  # the columns of their tables
        assert sorted(_keys(told) - listed) == []


def _keys(value) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(_keys, value)) if value else set()
    if isinstance(value, dict):
        return set(value) | set().union(*map(_keys, value.values()))
    return set()
