"""`funnel count` as a shell sees it, and what docs/FUNNELS.md shows."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.funnels import Funnel, read_definition
from pipeline.funnels.words import rules

ROOT = Path(__file__).parents[2]
WEALTH = ROOT / "data" / "sample" / "funnels" / "wealth.toml"
EVENTS = WEALTH.with_name("events.csv")


def funnel(folder: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "count", *map(str, words)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
    )


@pytest.fixture(autouse=True)
def _this_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def test_the_table_has_the_persons_of_each_step_and_the_rules_below(tmp_path: Path) -> None:
    done = funnel(tmp_path, WEALTH, "--events", EVENTS)
    assert (done.returncode, done.stderr) == (0, "")
    shown = [line.split("│") for line in done.stdout.splitlines() if "│" in line]
    assert [row[3].strip() for row in shown] == ["756", "298", "30", "13"]
    said = done.stdout.partition("口径")[2]
    for rule in rules(read_definition(WEALTH)):
        assert rule in said
    assert list(tmp_path.iterdir()) == []


def test_json_holds_steps_levels_and_seconds(tmp_path: Path) -> None:
    done = funnel(tmp_path, WEALTH, "--events", EVENTS, "--json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert [step["persons"] for step in found["steps"]] == [756, 298, 30, 13]
    assert found["steps"][3]["rate"] == pytest.approx(13 / 756)
    assert len(found["levels"]) == 756
    assert list(found["levels"]) == sorted(found["levels"])
    assert found["seconds"]["n"] == 13
    assert [step["step"] for step in found["seconds"]["steps"]] == [2, 3, 4]
    assert funnel(tmp_path, WEALTH, "--events", EVENTS, "--json").stdout == done.stdout


def test_periods_and_values_are_told_beside_the_whole(tmp_path: Path) -> None:
    wealth = tmp_path / "wealth.toml"
    wealth.write_text(WEALTH.read_text("utf-8") + '\n[breakdown]\nby = "product_line"\n', "utf-8")
    done = funnel(tmp_path, wealth, "--events", EVENTS, "--by", "week", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    values = [each["steps"][0]["persons"] for each in found["breakdown"]["values"]]
    assert sum(values) == 756
    assert values[:-1] == sorted(values[:-1], reverse=True)
    weeks = {each["period"]: each["steps"] for each in found["by"]["periods"]}
    assert sum(steps[0]["persons"] for steps in weeks.values()) >= 756
    assert list(weeks) == sorted(weeks)
    said = funnel(tmp_path, wealth, "--events", EVENTS, "--by", "week").stdout
    assert (
        "按 product_line 细分" in said and "2026-W46" in said and "有进入的每一周各计一次" in said
    )


def test_a_definition_or_a_file_that_cannot_be_used_is_an_input_error(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('name = "f"\n[[steps]]\nevnt = "a"\n', encoding="utf-8")
    done = funnel(tmp_path, wrong, "--events", EVENTS)
    assert (done.returncode, done.stdout) == (2, "")
    assert "wrong.toml: key steps.1.event: nothing found" in done.stderr
    assert "key steps.1.evnt: not known; expected one of event, where" in done.stderr
    done = funnel(tmp_path, WEALTH, "--events", tmp_path / "none.csv")
    assert (done.returncode, "none.csv: no such file" in done.stderr) == (2, True)


def test_the_funnel_of_the_document_can_be_read(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "FUNNELS.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", text, flags=re.DOTALL)
    (tmp_path / "f.toml").write_text(shown, encoding="utf-8")
    found = read_definition(tmp_path / "f.toml")
    assert found.steps == read_definition(WEALTH).steps
    assert found.exclusions[0].to_step == 4


def test_every_order_says_its_rules() -> None:
    words = {"name": "f", "window": "90 minutes", "steps": [{"event": "a"}, {"event": "b"}]}
    excluded = [{"event": "x", "from_step": 1, "to_step": 2}]
    said = {
        order: " ".join(rules(Funnel.model_validate({**words, "order": order, **more})))
        for order, more in (("ordered", {"exclusions": excluded}), ("strict", {}), ("any", {}))
    }
    assert "90 分钟" in said["ordered"]
    assert "不得有 x，否则此人不计入整个漏斗" in said["ordered"]
    assert "只可重复前一步的事件" in said["strict"]
    assert "不论先后" in said["any"]
