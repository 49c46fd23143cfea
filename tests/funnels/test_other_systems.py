"""Published answers of PostHog and Doris: each agrees, or differs by a rule that is printed.

A case with `here` (or `here_mean`, `here_median`) is one where this project answers otherwise;
`rule` stands in what is printed with the funnel.
"""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.funnels import Counted, Funnel, count
from pipeline.funnels.words import rules

KNOWN = Path(__file__).parents[1] / "known_answers"
PROPERTIES = ("key", "a", "b", "url", "browser", "brand", "tab")
WORDS = ("order", "window", "steps", "exclusions", "breakdown")


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{folder.split('_')[0]}: {case['case']}")
        for folder in ("posthog_funnels", "doris_window_funnel")
        for case in json.loads((KNOWN / folder / "cases.json").read_text("utf-8"))
    ]


def definition(case: dict[str, Any]) -> Funnel:
    return Funnel.model_validate({"name": "known", **{w: case[w] for w in WORDS if w in case}})


def counted(case: dict[str, Any], folder: Path) -> Counted:
    file = folder / "events.csv"
    with file.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.DictWriter(handle, ["actor", "ts", "event", *PROPERTIES])
        rows.writeheader()
        for actor, events in case["events"].items():
            for event, at, *properties in events:
                said = properties[0] if properties else {}
                rows.writerow({"actor": actor, "ts": at, "event": event, **said})
    return count(definition(case), file, by="week" if "weeks" in case else None)


def persons(steps: list[Any]) -> list[int]:
    return [step.persons for step in steps]


@pytest.mark.parametrize("case", cases())
def test_agrees_or_differs_by_a_rule_that_is_printed(case: dict[str, Any], tmp_path: Path) -> None:
    found = counted(case, tmp_path)
    assert persons(found.steps) == case.get("here", case["persons"])
    for figure in ("mean", "median"):
        for step, seconds in case.get(f"here_{figure}", case.get(figure, {})).items():
            assert getattr(found.seconds[int(step)], figure) == seconds
    if "here" not in case:
        levels = case.get("levels", {})
        assert {actor: found.levels.get(actor) for actor in levels} == levels
    if "values" in case:
        values = {value or "": persons(its.steps) for value, its in found.values.items()}
        assert values == case["values"]
    if "weeks" in case:
        assert found.periods is not None
        weeks = {found.label(day): persons(its.steps) for day, its in found.periods.items()}
        assert weeks == case["weeks"]
    if "rule" in case:
        assert any(case["rule"] in rule for rule in rules(definition(case)))
