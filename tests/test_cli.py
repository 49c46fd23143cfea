"""The command as a shell or a scheduler sees it: what it prints, writes and exits with."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline import query, runs
from pipeline import settings as configuration
from pipeline.cli import app
from pipeline.errors import InputError
from pipeline.settings import Settings

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
KEY = "a key for tests only, 32 bytes or more"
COMMANDS = ["ingest", "replay", "quarantine", "accept", "build", "report", "nightly", "sql"]
COMMANDS += ["inspect", "sample", "count", "funnels"]
BALANCES = "balance_on,customer_id,basis,aum,deposits,funds,wealth,insurance,securities\n"
NOTES = "cards-xhs/2026-11-16/笔记列表明细表.xlsx"
STRAY = "branch-qingyu-mp/2026-11-16/运营周报.docx"
DELIVERED = [
    "bank/2026-11-16/accounts.csv",
    "bank/2026-11-16/links.csv",
    "bank/2026-11-16/follower_counts.csv",
    "branch-qingyu-mp/2026-11-16/user_analysis.xls",
    NOTES,
    STRAY,
]


class Shell:
    """Runs `funnel` in a folder of its own, with a key and nothing else from outside."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "data"
        self.record: dict[str, Any] = {}
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("FUNNEL_")}
        self.env |= {"FUNNEL_TOKEN_KEY": KEY, "FUNNEL_AS_OF": "2026-11-16"}
        self.env["FUNNEL_REST_SECONDS"] = "0"  # files are delivered and read in one breath here

    def __call__(self, *words: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pipeline", *map(str, words)]
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            encoding="utf-8",
            **options,
        )

    def deliver(self, name: str, text: str) -> None:
        file = self.home / "inbox" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def records(self) -> list[dict[str, Any]]:
        files = sorted((self.home / "runs").glob("*.json"))
        return [json.loads(file.read_text(encoding="utf-8")) for file in files]


@pytest.fixture
def funnel(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """Give a shell where a night has run over a handful of the sample's files; only read there."""
    shell = Shell(tmp_path_factory.mktemp("night"))
    for name in DELIVERED:
        target = shell.home / "inbox" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SAMPLE / "inbox" / name, target)
    done = shell("nightly", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    shell.record = json.loads(done.stdout)
    return shell


@pytest.fixture
def another_night(night: Shell, funnel: Shell) -> Shell:
    for folder in ("data", "reports"):
        shutil.copytree(night.folder / folder, funnel.folder / folder)
    return funnel


def test_a_night_lands_builds_and_writes_the_page(night: Shell) -> None:
    assert night.record["ingest"]["files"] == {"landed": len(DELIVERED) - 1, "unknown": 1}
    assert night.record["build"]["tables"]["published.run"] == 1
    assert (night.folder / "reports" / "2026-W46.html").is_file()
    assert (night.home / "funnel.duckdb").is_file()


def test_a_night_leaves_one_record_of_what_it_printed(night: Shell) -> None:
    assert night.record in night.records()
    assert night.record["command"] == "nightly"
    assert (night.record["outcome"], night.record["exit_code"]) == ("done", 0)


def test_the_installed_command_is_the_module(night: Shell) -> None:
    installed = Path(sys.executable).with_name("funnel")
    done = subprocess.run(
        [installed, "sql", "--json", "select report_week from published.run"],
        cwd=night.folder,
        env=night.env,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stderr == ""
    assert json.loads(done.stdout) == [{"report_week": "2026-W46"}]


def test_help_answers_without_the_heavy_modules() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pipeline", "--help"],
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0
    loaded = {line.split("|")[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert loaded & {"pandas", "plotly", "duckdb", "pyarrow", "numpy", "sqlglot", "lxml"} == set()
    assert "typer" in loaded
    for command in COMMANDS:
        assert command in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_shows_an_example(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"])
    assert done.exit_code == 0
    assert f"例 · funnel {command}" in " ".join(done.stdout.split())


def test_chinese_is_printed_whatever_the_locale_says(funnel: Shell) -> None:
    funnel.env |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    assert "粉丝" in funnel("--help").stdout


def refused(done: subprocess.CompletedProcess[str], exit_code: int, said: str) -> None:
    assert done.returncode == exit_code, done.stderr
    assert done.stderr.startswith("错误 error: ")
    assert "Traceback" not in done.stderr
    assert said in done.stderr


def test_a_missing_inbox_ends_with_2(funnel: Shell) -> None:
    refused(funnel("ingest"), 2, "没有这个收件箱；应为放交付文件的文件夹 · no such inbox")
    (record,) = funnel.records()
    assert (record["command"], record["exit_code"]) == ("ingest", 2)
    assert "no such inbox" in record["outcome"]


def test_a_build_without_a_lake_ends_with_2(funnel: Shell) -> None:
    refused(funnel("build"), 2, "湖里什么也没有，请先运行 funnel ingest · the lake is empty")


def test_a_question_before_any_run_ends_with_2(funnel: Shell) -> None:
    refused(funnel("sql", "select 1"), 2, "请先运行 funnel nightly")


def test_a_page_of_no_week_ends_with_2(night: Shell) -> None:
    refused(night("report", "--week", "2031-W01"), 2, "2031-W01")


def test_a_full_disk_ends_with_4_and_no_traceback(night: Shell) -> None:
    pages = night.folder / "full"
    pages.mkdir()
    (pages / ".index.html.draft").symlink_to("/dev/full")
    refused(night("report", "--reports", "full"), 4, "磁盘已满")


def test_a_file_that_is_not_there_or_not_known_ends_inspection_with_2(funnel: Shell) -> None:
    refused(funnel("inspect", "none.xlsx"), 2, "none.xlsx：没有这个文件")
    (funnel.folder / "folder.xlsx").mkdir()
    refused(funnel("inspect", "folder.xlsx"), 2, "folder.xlsx：是文件夹，不是文件")
    (funnel.folder / "notes.txt").write_text("会议纪要\n周一", encoding="utf-8")
    done = funnel("inspect", "notes.txt")
    assert done.returncode == 2
    assert "不会入库" in done.stdout


def test_the_page_is_written_in_the_language_asked_for(night: Shell, tmp_path: Path) -> None:
    done = night("report", "--lang", "en", "--reports", tmp_path)
    assert f"周报 {tmp_path}/2026-W46.en.html" in done.stdout
    pages = sorted(path.name for path in tmp_path.glob("*.html"))
    assert pages == ["2026-W46.en.html", "index.en.html", "index.html"]


def test_waiting_files_end_with_2_only_where_that_is_asked_for(another_night: Shell) -> None:
    assert [file["file"] for file in another_night.records()[0]["ingest"]["waiting"]] == [STRAY]
    done = another_night("ingest", "--strict")
    assert done.returncode == 2
    assert f"未识别 {STRAY}，仍在收件箱" in done.stdout


def test_a_check_that_fails_ends_with_3_and_leaves_the_databases_and_the_page(
    another_night: Shell,
) -> None:
    before = written(another_night)
    assert {"analysis.duckdb", "funnel.duckdb", "2026-W46.html"} <= before.keys()
    another_night.deliver(
        "bank/2026-11-16/balances.csv",
        BALANCES + "2026-11-15,C00009999,1,1000.00,1.00,2.00,3.00,4.00,5.00\n",
    )
    another_night.deliver(
        "bank/2026-11-16/consents.csv",
        "customer_id,purpose,action,separate,notice_version,occurred_at,valid_until\n"
        "C00009999,channel_analytics,grant,true,2026.1,2026-01-20T12:21:26+08:00,2028-01-20\n",
    )
    done = another_night("nightly")
    refused(done, 3, "check bank_balances__parts_sum_to_aum failed: AUM is deposits + funds")
    assert "source_file = bank/2026-11-16/balances.csv, source_line = 2" in done.stderr
    assert "C00009999" not in done.stderr + done.stdout
    assert "customer_token" not in done.stderr
    assert written(another_night) == before
    assert another_night.records()[-1]["exit_code"] == 3


def written(shell: Shell) -> dict[str, bytes]:
    files = [*shell.home.glob("*.duckdb"), *(shell.folder / "reports").rglob("*.html")]
    return {file.name: file.read_bytes() for file in files}


def test_a_spark_that_does_not_start_ends_with_4_and_leaves_everything(
    another_night: Shell,
) -> None:
    before = written(another_night)
    done = another_night("build", "--engine", "spark", "--master", "nowhere://1")
    assert done.returncode == 4
    assert "错误 error: Spark 未能启动 · Spark did not start on nowhere://1" in done.stderr
    assert written(another_night) == before


@pytest.mark.parametrize("command", ["build", "ingest"])
def test_a_master_is_for_spark_alone(funnel: Shell, command: str) -> None:
    refused(funnel(command, "--master", "local[2]"), 4, "--master needs --engine spark")


def test_workers_that_see_a_copy_of_the_lake_do_not_ingest(funnel: Shell) -> None:
    (funnel.home / "inbox").mkdir(parents=True)
    (funnel.home / "funnel.toml").write_text('[spark]\nlake = "hdfs:///funnel/lake"\n')
    refused(funnel("ingest", "--engine", "spark"), 4, "workers see a copy of the lake")
    assert funnel("ingest").returncode == 0


def test_a_run_without_a_key_ends_with_4(funnel: Shell) -> None:
    (funnel.home / "inbox").mkdir(parents=True)
    del funnel.env["FUNNEL_TOKEN_KEY"]
    refused(funnel("ingest"), 4, "give FUNNEL_TOKEN_KEY")
    assert not (funnel.home / "lake").exists()


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("as_of = ", "expected TOML in UTF-8"),
        ('colour = "red"', "colour: Extra inputs are not permitted"),
    ],
)
def test_a_wrong_settings_file_ends_with_4(funnel: Shell, toml: str, said: str) -> None:
    file = funnel.folder / "funnel.toml"
    file.write_text(toml, encoding="utf-8")
    refused(funnel("nightly", "--config", file), 4, said)


def test_a_workspace_that_another_process_holds_ends_with_5(funnel: Shell) -> None:
    held = configuration.load(home=funnel.home, token_key=KEY)
    with runs.exclusive(held):
        refused(funnel("build"), 5, "another run holds this workspace; wait for it to end")
    assert funnel.records() == []


def test_an_argument_that_does_not_exist_ends_with_2(funnel: Shell) -> None:
    assert funnel("nightly", "--as-of", "16.11.2026").returncode == 2
    assert funnel("nightly", "--homes", "x").returncode == 2


def test_rows_are_printed_as_json_objects(night: Shell) -> None:
    columns = "as_of, report_week, 1.50::decimal(18, 2) as yuan, null as x"
    done = night("sql", "--json", f"select {columns} from published.run")
    assert json.loads(done.stdout) == [
        {"as_of": "2026-11-16", "report_week": "2026-W46", "yuan": 1.5, "x": None}
    ]


def test_a_question_may_come_from_standard_input(night: Shell) -> None:
    done = night("sql", "--json", input="select 'x' as a union all select 'y' order by a")
    assert json.loads(done.stdout) == [{"a": "x"}, {"a": "y"}]


def test_a_question_that_is_wrong_ends_with_2(night: Shell) -> None:
    refused(night("sql", "select nothing from nowhere"), 2, "nowhere")


def trail_of(shell: Shell) -> list[dict[str, Any]]:
    text = (shell.home / "audit" / "trail.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_a_night_records_its_steps_and_keeps_the_head_of_the_trail(night: Shell) -> None:
    entries = trail_of(night)
    assert [entry["action"] for entry in entries[:3]] == ["ingest", "build", "report"]
    assert entries[0]["rows"] == night.record["ingest"]["rows"]["landed"]
    assert "published.weekly_funnel" in entries[1]["tables"]
    assert night.record["audit"] == {"lines": 3, "head": entries[2]["hash"]}
    done = night("audit", "verify", "--head", entries[2]["hash"])
    assert (done.returncode, "完整" in done.stdout) == (0, True)


def test_reads_exports_and_refusals_are_recorded_without_what_was_asked(night: Shell) -> None:
    before = len(trail_of(night))
    night("sql", "select * from published.run, published.parameters where bank_name = '张三'")
    night("sql", "--analysis", "select count(*) from core.stages join core.stages b using (stage)")
    night("sql", "select * from read_text('/etc/passwd')")
    night("export", "run", "--to", "run.csv")
    told = ("action", "tables", "decision")
    assert [tuple(entry[name] for name in told) for entry in trail_of(night)[before:]] == [
        ("read", ["published.parameters", "published.run"], "allowed"),
        ("read", ["core.stages"], "allowed"),
        ("read", [], "refused"),
        ("export", ["published.run"], "allowed"),
    ]
    text = (night.home / "audit" / "trail.jsonl").read_text(encoding="utf-8")
    assert not any(value in text for value in ("张三", "passwd", "bank_name"))


def test_the_trail_is_reported_by_who_did_what(night: Shell) -> None:
    night("sql", "select 1 as x")
    found = json.loads(night("audit", "report", "--json").stdout)
    assert found["whole"]
    assert {"read", "build"} <= {entry["action"] for entry in found["entries"]}
    assert json.loads(night("audit", "report", "--json", "--until", "2020-01-01").stdout) == {
        "whole": True,
        "entries": [],
    }
    assert "操作人" in night("audit", "report").stdout


def test_a_trail_that_was_altered_ends_with_1_and_names_the_line(another_night: Shell) -> None:
    file = another_night.home / "audit" / "trail.jsonl"
    file.write_text(file.read_text().replace('"build"', '"built"'))
    done = another_night("audit", "verify")
    assert done.returncode == 1
    assert "trail.jsonl 第 2 行：这一行被改动过" in done.stdout
    assert json.loads(another_night("audit", "verify", "--json").stdout)["faults"][0]["line"] == 2


ASSESSED = '[purposes.content_analytics]\npia_id = "PIA-1"\nvalid_until = 2027-12-31\n'


def test_a_purpose_reads_what_it_covers_and_a_refusal_is_recorded(another_night: Shell) -> None:
    (another_night.folder / "own.toml").write_text(ASSESSED)
    another_night.env["FUNNEL_CATALOGUE"] = "own.toml"
    before = len(trail_of(another_night))
    for_content = ("sql", "--purpose", "content_analytics")
    assert another_night(*for_content, "select stage from core.stages").returncode == 0
    refused(another_night(*for_content, "select event_id from core.touches"), 2, "不包括")
    assert another_night(*for_content, "select * from core.stages").returncode == 0
    refused(another_night("sql", "--purpose", "13800138000", "select 1"), 2, "没有用途")
    told = ("purpose", "tables", "decision", "rule")
    assert [tuple(entry[name] for name in told) for entry in trail_of(another_night)[before:]] == [
        ("content_analytics", ["core.stages"], "allowed", None),
        ("content_analytics", ["core.touches"], "refused", "not_covered"),
        ("content_analytics", ["core.stages"], "allowed", None),
        (None, [], "refused", "unknown_purpose"),
    ]


def test_a_purpose_lists_the_tables_that_it_sees(another_night: Shell) -> None:
    (another_night.folder / "own.toml").write_text(ASSESSED)
    another_night.env["FUNNEL_CATALOGUE"] = "own.toml"
    listed = another_night("sql", "--purpose", "content_analytics", "--json")
    seen = {row["table"]: row for row in json.loads(listed.stdout)}
    assert seen["core.stages"]["left_out"] == ""
    assert "core.touches" not in seen
    refused(another_night("sql", "--purpose", "post_loan_care"), 2, "没有有效的影响评估")
    assert [(entry["purpose"], entry["rule"]) for entry in trail_of(another_night)[-2:]] == [
        ("content_analytics", None),
        ("post_loan_care", "purpose_disabled"),
    ]


def test_a_bank_may_insist_on_a_purpose(another_night: Shell) -> None:
    another_night.env["FUNNEL_PURPOSE_REQUIRED"] = "true"
    question = "select stage from core.stages"
    refused(another_night("sql", "--analysis", question), 2, "--purpose NAME")
    assert trail_of(another_night)[-1]["rule"] == "no_purpose"
    assert another_night("sql", "--analysis").returncode == 0, "which tables there are is no secret"
    assert another_night("sql", "select week from published.weekly_funnel").returncode == 0


def test_persons_are_not_read_where_that_cannot_be_recorded(another_night: Shell) -> None:
    shutil.rmtree(another_night.home / "audit")
    (another_night.home / "audit").write_text("no folder")
    done = another_night("sql", "--analysis", "select stage from core.stages")
    refused(done, 4, "审计记录写不了")
    assert done.stdout == ""
    done = another_night("sql", "select 7 as of_aggregates")
    assert (done.returncode, "of_aggregates" in done.stdout) == (0, True)
    assert "未记入审计" in done.stderr


def test_columns_of_one_name_are_refused_rather_than_one_of_them_lost(
    sample_run: Settings,
) -> None:
    with pytest.raises(InputError, match="有两列同名：week；请用 as 改名"):
        query.rows(sample_run.published_database, "select 1 as week, 2 as week")


def test_the_analysis_database_is_asked_only_on_demand(night: Shell) -> None:
    question = "select count(*) as tables from core.stages"
    refused(
        night("sql", question), 2, "core、staging 只在个人级库里，仅限授权分析师：加 --analysis"
    )
    assert night("sql", "--analysis", question).returncode == 0


@pytest.mark.parametrize(
    "statement",
    [
        "create table published.mine as select 1",
        "delete from published.run",
        "drop table published.run",
        "copy (select 1) to 'out.csv'",
        "export database 'out'",
        "attach 'other.duckdb'",
        "select * from read_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from read_text('/etc/passwd')",
        "select * from glob('/etc/*')",
        "set enable_external_access = true",
        "install httpfs",
        "load httpfs",
    ],
)
def test_a_question_can_neither_write_nor_reach_another_file(
    sample_run: Settings, statement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sample_run.published_database.read_bytes()
    with pytest.raises(InputError):
        query.rows(sample_run.published_database, statement)
    assert sample_run.published_database.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


def test_values_json_cannot_hold_become_text_or_nothing(sample_run: Settings) -> None:
    (row,) = query.rows(
        sample_run.published_database,
        "select 'nan'::double as a, 'inf'::double as b, date '2026-11-16' as c,"
        " timestamp '2026-11-16 08:00:00' as d, uuid '00000000-0000-0000-0000-000000000001' as e,"
        " true as f, 12345678901234567890::hugeint as g, 0.10::decimal(18, 2) as h",
    )
    assert row == {
        "a": None,
        "b": None,
        "c": "2026-11-16",
        "d": "2026-11-16 08:00:00",
        "e": "00000000-0000-0000-0000-000000000001",
        "f": True,
        "g": 12345678901234567890,
        "h": 0.1,
    }


def test_what_was_refused_is_counted_and_of_one_file_listed(funnel: Shell) -> None:
    rows = "".join(f"hq,2026-11-{day:02},{day}\n" for day in range(1, 9))
    funnel.deliver("bank/f.csv", f"account_id,counted_on,followers\n{rows}hq,2026-11-09,1.2k\n")
    assert "隔离区里没有" in funnel("quarantine").stdout
    funnel("ingest")
    assert "不是数字" in funnel("quarantine").stdout
    counted = json.loads(funnel("quarantine", "--json").stdout)
    assert [(row["source_file"], row["rows"]) for row in counted] == [("bank/f.csv", 1)]
    listed = json.loads(funnel("quarantine", "--json", "--file", "f.csv").stdout)
    assert [(row["source_line"], row["value"]) for row in listed] == [(10, "1.2k")]
    assert json.loads(funnel("quarantine", "--json", "--file", "other").stdout) == []


def test_a_held_file_is_named_and_lands_once_it_is_accepted(funnel: Shell) -> None:
    source = SAMPLE / "inbox" / NOTES
    for account in ("a", "b"):
        file = funnel.home / "inbox" / account / "2026-11-16" / "notes.xlsx"
        file.parent.mkdir(parents=True)
        shutil.copy(source, file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/other.xml", "<x/>")
    held = funnel("ingest", "--strict")
    assert held.returncode == 2
    assert "留置 b/2026-11-16/notes.xlsx" in held.stdout
    accepted = funnel("accept", file, "--why", "两个账号同步发布")
    assert (accepted.returncode, accepted.stdout) == (
        0,
        "已放行 b/2026-11-16/notes.xlsx：下次收件即入库\n",
    )
    assert funnel("ingest", "--strict").returncode == 0
    assert funnel("accept", file).returncode == 2


def test_an_inspection_says_what_would_land_and_writes_nothing(funnel: Shell) -> None:
    done = funnel("inspect", "--json", SAMPLE / "inbox" / NOTES)
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert set(found) == {
        "file",
        "datasets",
        "refusals",
        "mapping_proposal",
        "notes",
        "unknown_columns",
        "unknown_sheets",
        "reasons",
    }
    (dataset,) = found["datasets"]
    assert dataset["name"] == "xiaohongshu_notes"
    assert dataset["rows"] > len(dataset["sample"]) > 0
    assert {"title", "published_at", "impressions", "source_line"} <= dataset["sample"][0].keys()
    assert list(funnel.folder.iterdir()) == []


def test_an_inspection_of_persons_shows_tokens_only(funnel: Shell) -> None:
    file = funnel.folder / "balances.csv"
    file.write_text(
        BALANCES + "2026-11-15,C00000042,1,15.00,1.00,2.00,3.00,4.00,5.00\n", encoding="utf-8"
    )
    done = funnel("inspect", "--json", file)
    assert done.returncode == 0
    assert "C00000042" not in done.stdout
    assert json.loads(done.stdout)["datasets"][0]["sample"][0]["aum"] is not None


def test_a_sample_of_another_size_is_written_where_it_is_asked_for(funnel: Shell) -> None:
    done = funnel(
        *["sample", "--into", "small", "--accounts", "2", "--weeks", "2", "--customers", "20"]
    )
    assert done.returncode == 0
    assert (funnel.folder / "small" / "funnel.toml").is_file()
    assert any((funnel.folder / "small" / "inbox").rglob("*.xlsx"))


@pytest.mark.parametrize(("given", "kept"), [(0, 0o022), (0o077, 0o077)])
def test_whatever_the_umask_nobody_else_may_write_what_is_made(given: int, kept: int) -> None:
    program = "import atexit, os; atexit.register(lambda: print('umask', os.umask(0)));"
    program += "from pipeline.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--help"], umask=given, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == f"umask {kept}"
