"""The audit trail: what is done to it is found, a killed writer breaks nothing, no value told."""

import datetime as dt
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from pipeline.privacy import trail
from pipeline.settings import Settings, load

ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(settings: Settings) -> Path:
    """Give a trail of five reads."""
    for rows in range(5):
        trail.record(settings, "read", tables=["core.touches"], rows=rows)
    return settings.audit / "trail.jsonl"


def faults(settings: Settings, *heads: str) -> list[tuple[int | None, str]]:
    return [(found.line, found.fault) for found in trail.verify(settings, heads).faults]


def lines(file: Path) -> list[bytes]:
    return file.read_bytes().splitlines(keepends=True)


def rewrite(file: Path, kept: list[bytes]) -> None:
    file.write_bytes(b"".join(kept))


def test_a_trail_as_it_was_written_is_whole(settings: Settings, file: Path) -> None:
    found = trail.verify(settings)
    assert (found.lines, found.faults, found.half_lines) == (5, [], [])
    assert found.head == trail.head(settings).hash == json.loads(lines(file)[-1])["hash"]


def test_a_workspace_without_a_trail_is_whole(settings: Settings) -> None:
    assert trail.verify(settings).lines == 0
    assert faults(settings) == []


def test_a_line_says_who_did_what_to_which_tables(settings: Settings) -> None:
    given = settings.model_copy(update={"actor": "li.na"})
    trail.record(
        given,
        "export",
        purpose="channel_analytics",
        tables=["published.weekly_funnel", "published.run"],
        rows=12,
        decision="refused",
        rule="not_covered",
    )
    entry = json.loads((settings.audit / "trail.jsonl").read_text())
    assert entry.pop("at").endswith("+00:00")
    assert entry.pop("hash") == trail.head(settings).hash
    assert entry.pop("os_user") not in ("", "li.na"), "a setting does not hide whose process it was"
    assert entry == {
        "actor": "li.na",
        "action": "export",
        "purpose": "channel_analytics",
        "tables": ["published.run", "published.weekly_funnel"],
        "rows": 12,
        "decision": "refused",
        "rule": "not_covered",
        "query_sha256": None,
        "prev": "0" * 64,
    }


@pytest.mark.parametrize("number", range(5))
def test_any_byte_that_is_altered_is_found_in_its_line(
    settings: Settings, file: Path, number: int
) -> None:
    whole = lines(file)
    for at in range(0, len(whole[number]) - 1, 7):
        altered = bytearray(whole[number])
        altered[at] ^= 1
        rewrite(file, [*whole[:number], bytes(altered), *whole[number + 1 :]])
        assert (number + 1, "altered") in faults(settings), at


def test_a_fault_is_told_with_the_file_and_the_line(settings: Settings, file: Path) -> None:
    rewrite(file, [line.replace(b'"rows":2', b'"rows":9') for line in lines(file)])
    (fault,) = trail.verify(settings).faults
    assert str(fault) == f"{file} 第 3 行：这一行被改动过（altered）"


@pytest.mark.parametrize("number", range(4))
def test_a_removed_line_is_found_where_it_was(settings: Settings, file: Path, number: int) -> None:
    whole = lines(file)
    rewrite(file, whole[:number] + whole[number + 1 :])
    assert faults(settings) == [(number + 1, "broken")]


def test_lines_in_another_order_are_found(settings: Settings, file: Path) -> None:
    one, two, three, four, five = lines(file)
    rewrite(file, [one, three, two, four, five])
    assert [line for line, _ in faults(settings)] == [2, 3, 4]


def test_a_line_that_stands_twice_is_found(settings: Settings, file: Path) -> None:
    one, *rest = lines(file)
    rewrite(file, [one, one, *rest])
    assert faults(settings)[0] == (2, "broken")


@pytest.mark.parametrize("lost", [1, 2, 5])
def test_an_end_that_was_cut_off_is_found_and_is_not_papered_over(
    settings: Settings, file: Path, lost: int
) -> None:
    rewrite(file, lines(file)[:-lost])
    assert faults(settings) == [(None, "cut_off")]
    trail.record(settings, "read")
    trail.record(settings, "read")
    assert (6 - lost, "broken") in faults(settings), "the gap stays, however much is written after"


def test_an_end_cut_off_within_a_line_is_found(settings: Settings, file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-40])
    assert faults(settings) == [(None, "cut_off")]
    trail.record(settings, "read")
    assert faults(settings) != []


def test_a_head_that_is_gone_is_told_for_good(settings: Settings, file: Path) -> None:
    (settings.audit / "head.json").unlink()
    assert faults(settings) == [(None, "head_missing")]
    trail.record(settings, "read")
    assert faults(settings) == [(6, "broken")]


def test_a_trail_written_anew_is_found_by_a_head_that_was_kept_elsewhere(
    settings: Settings, file: Path
) -> None:
    kept = trail.head(settings).hash
    assert faults(settings, kept) == []
    for each in settings.audit.iterdir():
        each.unlink()
    trail.record(settings, "read")
    assert faults(settings) == [], "whoever can write the folder can write it anew"
    assert faults(settings, kept) == [(None, "cut_off")]


def test_a_trail_written_anew_is_found_by_the_record_of_a_night(
    settings: Settings, file: Path
) -> None:
    kept = trail.head(settings)
    settings.runs.mkdir(parents=True)
    record = {"command": "nightly", "audit": {"lines": kept.lines, "head": kept.hash}}
    (settings.runs / "20261116T051500.0Z-nightly.json").write_text(json.dumps(record))
    assert faults(settings) == []
    for each in settings.audit.iterdir():
        each.unlink()
    (fault,) = trail.verify(settings).faults
    assert (fault.fault, fault.seen_in) == ("cut_off", "runs/20261116T051500.0Z-nightly.json")


@pytest.mark.parametrize("size", [1, 30, 200, -2, -1])
def test_a_line_that_a_killed_writer_left_half_is_told_and_the_chain_goes_on(
    settings: Settings, file: Path, size: int
) -> None:
    whole, head = file.read_bytes(), (settings.audit / "head.json").read_bytes()
    trail.record(settings, "export", rows=7)
    last = file.read_bytes()[len(whole) :]
    file.write_bytes(whole + last[:size])
    (settings.audit / "head.json").write_bytes(head)
    is_whole = size == -1  # all but the end of the line: nothing of it is lost
    assert faults(settings) == []
    assert trail.verify(settings).half_lines == ([] if is_whole else [6])
    trail.record(settings, "read")
    trail.record(settings, "read")
    assert faults(settings) == []
    assert trail.verify(settings).half_lines == ([] if is_whole else [6])
    assert last[:size] in file.read_bytes(), "what was left stays"


def test_two_half_lines_in_a_row_are_told(settings: Settings, file: Path) -> None:
    whole, head = file.read_bytes(), (settings.audit / "head.json").read_bytes()
    file.write_bytes(whole + b'{"at":"2026')
    trail.record(settings, "read")
    file.write_bytes(file.read_bytes()[:-30])
    (settings.audit / "head.json").write_bytes(head)
    trail.record(settings, "read")
    assert faults(settings) == []
    assert trail.verify(settings).half_lines == [6, 8]


def test_a_line_whose_writer_was_killed_before_the_head_counts(
    settings: Settings, file: Path
) -> None:
    head = (settings.audit / "head.json").read_bytes()
    trail.record(settings, "export", rows=7)
    (settings.audit / "head.json").write_bytes(head)
    assert faults(settings) == []
    trail.record(settings, "read")
    assert faults(settings) == []
    assert trail.verify(settings).lines == 7


def test_a_half_line_that_is_altered_later_is_found(settings: Settings, file: Path) -> None:
    with file.open("ab") as text:
        text.write(b'{"at":"2026-11')
    trail.record(settings, "read")
    rewrite(file, [line.replace(b'{"at":"2026-11\n', b"{}\n") for line in lines(file)])
    assert (6, "altered") in faults(settings)


def _write(home: Path, times: int) -> None:
    settings = load(home=home, as_of="2026-11-16", token_key="x" * 32)
    for _ in range(times):
        trail.record(settings, "read", tables=["core.touches"])


def test_processes_that_write_at_once_keep_one_chain(settings: Settings) -> None:
    at_once = multiprocessing.get_context("spawn")
    writers = [at_once.Process(target=_write, args=(settings.home, 40)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    found = trail.verify(settings)
    assert (found.lines, found.faults, found.half_lines) == (80, [], [])


def test_a_writer_that_is_killed_at_any_moment_leaves_a_trail_that_goes_on(
    settings: Settings,
) -> None:
    script = (
        "import sys; from tests.privacy.test_trail import _write; from pathlib import Path;"
        " _write(Path(sys.argv[1]), 10**6)"
    )
    for _ in range(3):
        writer = subprocess.Popen([sys.executable, "-c", script, settings.home], cwd=ROOT)
        before = trail.head(settings).lines
        while trail.head(settings).lines < before + 5:
            time.sleep(0.01)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
    trail.record(settings, "read")
    assert trail.verify(settings).lines >= 16
    assert faults(settings) == []


def test_files_are_for_the_user_alone(settings: Settings, file: Path) -> None:
    assert settings.audit.stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o777 for each in settings.audit.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("select 1 from t where a = '13800138000'", "select 2 from t  where a = 'x'"),
        ("select $$13800138000$$", "select $q$it's$q$"),
        ("select a -- 13800138000\nfrom t", "select a /* C00000042 */ from t"),
        ("select '13800138000", "select 'x''y"),
        ('select "13800138000"', 'select "a"'),
        ("select 0x1F, 1e9, 1_000", "select 1, 2, 3"),
    ],
)
def test_queries_that_differ_in_their_literals_alone_are_one(
    settings: Settings, one: str, other: str
) -> None:
    for query in (one, other, "select something_else"):
        trail.record(settings, "read", query=query)
    kept = (settings.audit / "trail.jsonl").read_text()
    first, second, third = (json.loads(line)["query_sha256"] for line in kept.splitlines())
    assert first == second != third
    assert "13800138000" not in kept


@pytest.mark.parametrize("value", ["13800138000", "t1380013800", "a" * 16, "张三", "a b", ""])
def test_what_looks_like_a_value_is_no_name(settings: Settings, value: str) -> None:
    for given in ({"purpose": value}, {"tables": [value]}, {"rule": value}, {"decision": value}):
        with pytest.raises(ValueError, match="names, no values"):
            trail.record(settings, "read", **given)
    with pytest.raises(ValueError, match="names, no values") as error:
        trail.record(settings, value)
    assert not settings.audit.exists()
    assert "names, no values" in str(error.value)


def test_what_cannot_be_recorded_does_not_happen(settings: Settings) -> None:
    settings.home.mkdir()
    settings.audit.write_text("a file, no folder")
    with pytest.raises(ConfigurationError, match="审计记录写不了"):
        trail.record(settings, "read")


def test_entries_are_counted_by_who_what_why_and_decision(settings: Settings, file: Path) -> None:
    trail.record(settings, "read", purpose="marketing", decision="refused", rule="not_covered")
    counted = [(e.action, e.purpose, e.decision, e.times, e.rows) for e in trail.counts(settings)]
    assert counted == [
        ("read", None, "allowed", 5, 10),
        ("read", "marketing", "refused", 1, 0),
    ]


def test_days_are_those_of_shanghai(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    at = dt.datetime(2026, 11, 15, 16, 30, tzinfo=dt.UTC)  # 00:30 on the 16th
    monkeypatch.setattr("pipeline.privacy.trail.writing.moment", lambda: at)
    trail.record(settings, "read")
    day = dt.date(2026, 11, 16)
    assert len(trail.counts(settings, day, day)) == 1
    assert trail.counts(settings, until=day - dt.timedelta(days=1)) == []
    assert trail.counts(settings, since=day + dt.timedelta(days=1)) == []
