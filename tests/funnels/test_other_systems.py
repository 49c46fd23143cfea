"""Published answers of other systems: each agrees, or differs by a rule that is printed.

A case with `here` (or `here_mean`, `here_days`, …) is one where this project answers otherwise;
`rule` stands in what the command prints with the funnel. What a system does not publish is null.
"""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app

KNOWN = Path(__file__).parents[1] / "known_answers"
FOLDERS = ("posthog_funnels", "doris_window_funnel", "other_funnels")
PROPERTIES = ("key", "a", "b", "url", "browser", "brand", "tab")
PERIODS = {"days": "day", "weeks": "week", "months": "month", "rates": "day"}
TABLES = ("steps", "exclusions")


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{folder.split('_')[0]}: {case['case']}")
        for folder in FOLDERS
        for case in json.loads((KNOWN / folder / "cases.json").read_text("utf-8"))
    ]


def definition(case: dict[str, Any]) -> str:
    """Write a case's funnel as the TOML file that the command reads."""
    lines = ['name = "known"', *(said(case, word) for word in ("order", "window"))]
    for table in TABLES:
        for entry in case.get(table, ()):
            lines += [f"[[{table}]]", *(said(entry, word) for word in entry)]
    if "breakdown" in case:
        lines += ["[breakdown]", *(said(case["breakdown"], word) for word in case["breakdown"])]
    return "\n".join(lines)


def said(words: dict[str, Any], word: str) -> str:
    return f"{word} = {json.dumps(words[word], ensure_ascii=False)}"


def write_events(case: dict[str, Any], file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.DictWriter(handle, ["actor", "ts", "event", *PROPERTIES])
        rows.writeheader()
        for actor, events in case["events"].items():
            for event, at, *properties in events:
                told = properties[0] if properties else {}
                rows.writerow({"actor": actor, "ts": at, "event": event, **told})


def counted(case: dict[str, Any], folder: Path) -> Result:
    """Run `funnel count` on the events of a case."""
    funnel, events = folder / "known.toml", folder / "events.csv"
    funnel.write_text(definition(case), encoding="utf-8")
    write_events(case, events)
    words = ["count", str(funnel), "--events", str(events), "--home", str(folder), "--json"]
    if asked := [PERIODS[period] for period in PERIODS if period in case]:
        words += ["--by", asked[0]]
    return CliRunner().invoke(app, words)


def persons(found: dict[str, Any]) -> list[int]:
    return [step["persons"] for step in found["steps"]]


def agree(found: list[int], published: list[int | None]) -> bool:
    return len(found) == len(published) and all(
        theirs in (None, ours) for ours, theirs in zip(found, published, strict=True)
    )


@pytest.mark.parametrize("case", cases())
def test_agrees_or_differs_by_a_rule_that_is_printed(case: dict[str, Any], tmp_path: Path) -> None:
    done = counted(case, tmp_path)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    if expected := case.get("here", case.get("persons")):
        assert agree(persons(found), expected)
    check_seconds(case, found["seconds"]["steps"])
    if "here" not in case:
        levels = case.get("levels", {})
        assert {actor: found["levels"].get(actor) for actor in levels} == levels
    if "values" in case:
        groups = found["breakdown"]["values"]
        values = {each["value"] or "": persons(each) for each in groups}
        assert values == case.get("here_values", case["values"])
    check_periods(case, found.get("by", {}).get("periods", []))
    if "rule" in case:
        assert any(case["rule"] in rule for rule in found["rules"])


def check_seconds(case: dict[str, Any], steps: list[dict[str, Any]]) -> None:
    """Compare the seconds of steps: ours from the entry; theirs may be from the step before."""
    lasting = {str(each["step"]): each for each in steps}
    for figure in ("mean", "median"):
        theirs = case.get(figure, {})
        ours = case.get(f"here_{figure}", theirs)
        assert {step: lasting[step][figure] for step in ours} == ours
        if "用时自进入起算" in case.get("rule", ""):
            pauses = {step: lasting[step]["from_previous"][figure] for step in theirs}
            assert pauses == theirs


def check_periods(case: dict[str, Any], periods: list[dict[str, Any]]) -> None:
    entered = {each["period"]: persons(each) for each in periods if any(persons(each))}
    for period in ("days", "weeks", "months"):
        if period in case:
            expected = case.get(f"here_{period}", case[period])
            assert set(entered) == set(expected)
            assert all(agree(entered[name], expected[name]) for name in expected)
    if "rates" in case:
        rates = {
            name: round(100 * reached[-1] / reached[0], 2) for name, reached in entered.items()
        }
        assert rates == case.get("here_rates", case["rates"])
