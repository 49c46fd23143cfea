"""Every command the README shows is run, in a folder that holds what a fresh clone holds."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.zh.md"]
RUN = "funnel nightly --config data/sample/funnel.toml"


def commands(readme: str) -> list[str]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clone")
    (folder / "data").mkdir()
    (folder / "data" / "sample").symlink_to(ROOT / "data" / "sample")
    night = run(RUN, folder)
    assert night.returncode == 0, night.stderr
    assert "周报 reports/2026-W46.html" in night.stdout
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    assert words[0] == "funnel", command
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *words[1:]],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_make_run_is_the_nightly_job_over_the_sample():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"$(BIN)/{RUN}" in makefile


def test_the_two_make_commands_are_all_a_reader_needs():
    made = [command for command in commands("README.md") if command.startswith("make")]
    assert made == ["make run", "make test"]


@pytest.mark.parametrize("readme", READMES)
def test_every_command_shown_does_what_it_says(readme, clone):
    for command in commands(readme):
        if command.startswith("funnel"):
            done = run(command, clone)
            assert done.returncode == 0, f"{command}\n{done.stderr}"
            assert done.stdout.strip(), command


def test_the_number_followed_in_the_readme_is_the_one_found(clone):
    total, cells = (run(command, clone).stdout for command in commands("README.md")[2:4])
    said = re.search(r"had ([\d,]+) reads", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert said
    assert said[1].replace(",", "") in total
    amounts = [float(line.split("│")[2]) for line in cells.splitlines() if "近30日" in line]
    assert sum(amounts) == float(said[1].replace(",", ""))


@pytest.mark.parametrize("readme", READMES)
def test_every_file_a_readme_points_to_is_there(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / target).exists(), target
