"""What ClickHouse, StarRocks and others publish, and where this project answers otherwise."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.funnels import Counted, Funnel, count

KNOWN = Path(__file__).parents[1] / "known_answers"
STRICT = {"order": "strict"}
Counts = Callable[[list[list[Any]], dict[str, Any]], Counted]


def cases(folder: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((KNOWN / folder / "cases.json").read_text("utf-8"))
    return found


def dataset(folder: str, name: str) -> list[dict[str, str]]:
    with (KNOWN / folder / "events.csv").open(encoding="utf-8", newline="") as handle:
        return [row for row in csv.DictReader(handle) if row["dataset"] == name]


def chosen(folder: str, modes: list[Any], key: str = "modes") -> list[Any]:
    asked = [case for case in cases(folder) if case.get(key) in modes]
    assert asked
    return [pytest.param(case, id=case["case"]) for case in asked]


@pytest.fixture
def counts(tmp_path: Path) -> Counts:
    """Counts a funnel over drawn rows of actor, ts, event, code, a, b."""

    def counted(rows: list[list[Any]], words: dict[str, Any]) -> Counted:
        file = tmp_path / "events.csv"
        with file.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows([["actor", "ts", "event", "code", "a", "b"], *rows])
        return count(Funnel.model_validate({"name": "known", **words}), file)

    return counted


def clickhouse(case: dict[str, Any], counts: Counts) -> dict[str, int]:
    """Levels of a case: steps that name events by name, others by conditions on one event."""
    named = all(step.get("col") == "event" and step["op"] == "=" for step in case["steps"])
    rows = [
        [r["actor"], r["ts"], r["event"] if named else "any", r["event"], r["a"], r["b"]]
        for r in dataset("clickhouse_window_funnel", case["dataset"])
    ]
    steps = [
        {"event": str(step["value"])} if named else {"event": "any", "where": condition(step)}
        for step in case["steps"]
    ]
    order = "strict" if "strict_order" in case["modes"] else "ordered"
    words = {"order": order, "window": f"{case['window']} seconds", "steps": steps}
    levels = counts(rows, words).levels
    return {actor: levels.get(actor, 0) for actor in case["expected"]}


def condition(step: dict[str, Any]) -> str:
    if "all_null" in step:
        return " and ".join(f"{column} is null" for column in step["all_null"])
    column, value = step["col"], step["value"]
    if column == "event":
        return f"code {step['op']} {value}"
    return f"{column} {step['op']} '{value}'"


@pytest.mark.parametrize("case", chosen("clickhouse_window_funnel", [[]]))
def test_ordered_agrees_with_clickhouse_but_where_one_event_fills_several_steps(case, counts):
    found = clickhouse(case, counts)
    if case["case"] == "ch72":  # one event, three times the same step
        assert (found, case["expected"]) == ({"all": 1}, {"all": 3})
    else:
        assert found == case["expected"]


@pytest.mark.parametrize("case", chosen("clickhouse_window_funnel", [["strict_once"]]))
def test_one_event_fills_one_step_as_in_clickhouse_strict_once(case, counts):
    assert clickhouse(case, counts) == case["expected"]


@pytest.mark.parametrize("case", chosen("clickhouse_window_funnel", [["strict_order"]]))
def test_strict_agrees_with_clickhouse_but_where_one_event_fills_several_steps(case, counts):
    found = clickhouse(case, counts)
    if case["case"] == "ch97":  # begin, view, begin, pay: the second begin is an event of its own
        assert (found, case["expected"]) == ({"1": 4, "2": 4, "3": 2}, {"1": 1, "2": 1, "3": 1})
    else:
        assert found == case["expected"]


@pytest.mark.parametrize("case", chosen("starrocks_window_funnel", [0, 2], "mode"))
def test_agrees_with_starrocks_modes_0_and_2(case, counts):
    rows = [
        [r["actor"], r["ts"], r["event"], "", "", ""]
        for r in dataset("starrocks_window_funnel", case["dataset"])
    ]
    words = {
        "order": "strict" if case["mode"] == 2 else "ordered",
        "window": f"{case['window_s']} seconds",
        "steps": [{"event": event} for event in case["steps"]],
    }
    levels = counts(rows, words).levels
    assert {actor: levels.get(actor, 0) for actor in case["expected"]} == case["expected"]


def disputed(name: str) -> dict[str, Any]:
    return next(case for case in cases("disputed_semantics") if case["id"] == name)


def persons(name: str, counts: Counts, **words: Any) -> list[int]:
    case = disputed(name)
    events = case.get("events") or [
        [event, f"13:{minute:02}"] for minute, event in enumerate(case["events_order"])
    ]
    rows = [["p", f"2026-11-16 {at}:00", event, "", "", ""] for event, at in events]
    steps = [{"event": str(event)} for event in case["steps"]]
    window = {"window": f"{case['window_s']} seconds"} if "window_s" in case else {}
    return [step.persons for step in counts(rows, {"steps": steps, **window, **words}).steps]


def test_a_later_entry_may_start_the_clock(counts):
    assert persons("ds1", counts) == [1, 1, 1]


def test_one_event_fills_one_step(counts):
    assert persons("ds2", counts) == [1, 0, 0]


def test_events_at_the_same_instant_advance_in_step_order(counts):
    assert persons("ds3", counts) == [1, 1]


def test_an_excluded_actor_leaves_an_ordered_funnel_as_in_posthog(counts):
    between = [{"event": "X", "from_step": 1, "to_step": 2}]
    assert persons("ds4", counts, exclusions=between) == [0, 0]


def test_an_excluded_actor_may_stay_at_the_step_before_as_in_mixpanel(counts):
    between = [{"event": "X", "from_step": 1, "to_step": 2}]
    assert persons("ds4", counts, exclusions=between, excluded="stay") == [1, 0]


def test_an_excluded_actor_stays_in_a_funnel_of_any_order_as_in_posthog(counts):
    between = [{"event": "X", "from_step": 1, "to_step": 2}]
    assert persons("ds4", counts, exclusions=between, order="any") == [1, 0]


def test_an_event_between_two_steps_interrupts_strict_order_only(counts):
    assert persons("ds5", counts) == [1, 1, 1]
    assert persons("ds5", counts, order="strict") == [1, 1, 0]
