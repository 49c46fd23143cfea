"""What the progress bars draw."""

import io

import pytest
from rich.console import Console
from rich.progress import Progress

from pipeline.console import Bar, Done, Reporter


def drawn(progress: Progress) -> list[str]:
    console = Console(file=io.StringIO(), width=120, color_system=None)
    with console.capture() as captured:
        console.print(progress.get_renderable())
    return [" ".join(line.split()) for line in captured.get().splitlines()]


def test_a_large_file_has_a_bar_of_its_own_in_rows_and_bytes() -> None:
    progress = Progress("{task.description}", Done(), console=Console(file=io.StringIO()))
    bar = Bar(progress, "收件")
    bar.describe("bank/events.csv")
    bar.within("survey", 12_345, 1_000_000, 2_000_000)
    assert drawn(progress) == ["收件 bank/events.csv 0/?", "初读 12,345 行 1.0/2.0 MB"]
    bar.within("land", 23_456, 2_000_000, 2_000_000)
    assert drawn(progress)[1] == "入库 23,456 行 2.0/2.0 MB"
    bar.advance(1, 3)
    assert drawn(progress) == ["收件 bank/events.csv 1/3"]


def test_what_acts_on_a_terminal_is_shown_and_does_not_act(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A delivered name could otherwise clear the screen or write over the line before."""
    Reporter().line("未识别 a\x1b[2K\x1b]0;t\x07\r\u202eb")
    Reporter().rows([{"值\x1b[8m": "\x9b2J"}])
    Reporter().aside("\x1b[2J")
    said = "".join(capsys.readouterr())
    assert not {"\x1b", "\x07", "\r", "\x9b", "\u202e"} & set(said)
    assert "a\ufffd[2K" in said
