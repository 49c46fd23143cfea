"""What the progress bars draw."""

import io

from rich.console import Console
from rich.progress import Progress

from pipeline.console import Bar, Done


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
