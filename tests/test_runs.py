"""One run at a time, and a record of each."""

import errno
import json
import os
from pathlib import Path

import pytest

from pipeline import runs
from pipeline.errors import ConfigurationError, InputError, LockedError, ModelError
from pipeline.settings import Settings


def records(settings: Settings) -> list[dict[str, object]]:
    return [
        json.loads(file.read_text(encoding="utf-8"))
        for file in sorted(settings.runs.glob("*.json"))
    ]


def test_a_second_run_of_a_workspace_is_refused_and_the_first_goes_on(settings: Settings) -> None:
    with runs.exclusive(settings):
        with pytest.raises(LockedError, match="another run holds this workspace"):  # noqa: SIM117
            with runs.exclusive(settings):
                pass
        assert settings.runs.is_dir()


def test_the_lock_is_free_again_after_a_run_however_it_ended(settings: Settings) -> None:
    with pytest.raises(RuntimeError), runs.exclusive(settings):
        raise RuntimeError
    with runs.exclusive(settings):
        pass


def test_a_lock_file_that_a_killed_run_left_holds_nobody_up(settings: Settings) -> None:
    settings.runs.mkdir(parents=True)
    (settings.runs / "lock").touch()
    with runs.exclusive(settings):
        pass


def test_a_home_that_cannot_be_written_is_refused(settings: Settings) -> None:
    settings.home.write_text("a file, no folder")
    with pytest.raises(InputError, match="expected a writable folder"), runs.exclusive(settings):
        pass


def test_the_records_are_for_the_user_alone(settings: Settings) -> None:
    with runs.exclusive(settings), runs.recorded(settings, "build"):
        pass
    assert settings.runs.stat().st_mode & 0o777 == 0o700


def test_a_record_says_what_ran_and_what_it_put_in(settings: Settings) -> None:
    with runs.exclusive(settings), runs.recorded(settings, "ingest") as record:
        record["ingest"] = {"files": {"landed": 2}}
    (written,) = records(settings)
    assert written["command"] == "ingest"
    assert written["as_of"] == "2026-11-16"
    assert (written["outcome"], written["exit_code"]) == ("done", 0)
    assert written["ingest"] == {"files": {"landed": 2}}
    assert str(written["started_at"]) <= str(written["ended_at"])


def test_an_expected_failure_is_recorded_in_its_words(settings: Settings) -> None:
    with (
        pytest.raises(ModelError),
        runs.exclusive(settings),
        runs.recorded(settings, "build"),
    ):
        raise ModelError("check x failed")
    (written,) = records(settings)
    assert (written["outcome"], written["exit_code"]) == ("check x failed", 3)


def test_a_bug_is_recorded_by_its_kind(settings: Settings) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        runs.exclusive(settings),
        runs.recorded(settings, "build"),
    ):
        _ = 1 / 0
    (written,) = records(settings)
    assert (written["outcome"], written["exit_code"]) == ("ZeroDivisionError: division by zero", 1)


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有权限"), (errno.EROFS, "没有权限")],
)
def test_what_the_machine_refuses_is_for_who_runs_it(
    settings: Settings, number: int, words: str
) -> None:
    with (
        pytest.raises(ConfigurationError, match=f"reports/a.html：{words}"),
        runs.exclusive(settings),
        runs.recorded(settings, "report"),
    ):
        raise OSError(number, os.strerror(number), "reports/a.html")
    (written,) = records(settings)
    assert words in str(written["outcome"])
    assert written["exit_code"] == 4


def test_any_other_error_of_a_file_is_a_bug(settings: Settings) -> None:
    with (
        pytest.raises(FileNotFoundError),
        runs.exclusive(settings),
        runs.recorded(settings, "report"),
    ):
        (settings.home / "none").read_text()
    (written,) = records(settings)
    assert written["exit_code"] == 1


def test_an_interrupted_run_says_so(settings: Settings) -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        runs.exclusive(settings),
        runs.recorded(settings, "build"),
    ):
        raise KeyboardInterrupt
    (written,) = records(settings)
    assert (written["outcome"], written["exit_code"]) == ("interrupted", 1)


def test_a_home_that_is_made_is_for_its_user_alone(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "new" / "home")
    before = os.umask(0)
    try:
        with runs.exclusive(settings):
            pass
    finally:
        os.umask(before)
    assert settings.home.stat().st_mode & 0o777 == 0o700
