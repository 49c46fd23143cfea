"""`python -m bench`, end to end at a tiny size: what it prints and writes, not how fast it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import bench
from bench import __main__ as command
from bench import results
from bench.figures import Asked, Figure, LeftOut, Line, absent

ROWS = 4_000


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(results, "RESULTS", tmp_path / "RESULTS.md")
    return tmp_path / "RESULTS.md"


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["bench", *map(str, arguments)])
    return command.main()


def _measure(monkeypatch: pytest.MonkeyPatch, *lines: Line) -> None:
    def measure(asked: Asked) -> Iterator[Line]:
        yield from lines

    monkeypatch.setitem(bench.BENCHMARKS, "drawn", measure)


@pytest.mark.parametrize("name", ["activity", "attribution", "build", "markov", "startup"])
def test_each_figure_is_printed_and_written(
    name: str,
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = _run(monkeypatch, name, "--rows", ROWS, "--runs", 1, "--folder", tmp_path)
    printed = capsys.readouterr().out.splitlines()
    written = [line for line in page.read_text("utf-8").splitlines() if line.startswith("| ")][2:]
    assert [line.split("  ")[0] for line in printed] == [
        line.split(" | ")[0][2:] for line in written
    ]
    assert code == any(line.endswith("falls short") for line in printed)
    assert list(tmp_path.iterdir()) == [page]


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        (Figure("at the goal", 1.0, 2.0, 0.5, "s"), 0),
        (Figure("short of the goal", 1.1, 2.0, 0.5, "s"), 1),
        (Figure("of no goal", 9.0, 1.0, None, "s"), 0),
        (LeftOut("a reference", absent("no_such_package") or ""), 0),
    ],
)
def test_only_what_falls_short_ends_it_with_1(
    figure: Line, code: int, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _measure(monkeypatch, figure)
    assert _run(monkeypatch, "drawn") == code
    assert figure.name in page.read_text("utf-8")


def test_sections_that_were_not_measured_again_stay(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for rows, ours in ((10, 1.0), (9, 2.0), (10, 3.0)):
        _measure(monkeypatch, Figure("a figure", ours, None, None, "s"))
        _run(monkeypatch, "drawn", "--rows", rows)
    titles = [line for line in page.read_text("utf-8").splitlines() if line.startswith("## ")]
    assert titles == ["## drawn, 9 rows", "## drawn, 10 rows"]
    assert "3.00 s" in page.read_text("utf-8") and "1.00 s" not in page.read_text("utf-8")


def test_a_missing_reference_says_which_package_it_needs() -> None:
    assert absent("duckdb") is None
    assert "no_such_package" in str(absent("no_such_package"))
