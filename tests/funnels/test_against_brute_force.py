"""Every mode and option together, on small random files, against chains tried one by one."""

import csv
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.funnels import Counted, Funnel, count
from tests.funnels.oracle import Answer, Event, Excludes, Rules, Wants, answer

NAMES = "abcx"
SEEN = settings(max_examples=120, deadline=None, derandomize=True)

events = st.builds(Event, st.integers(0, 9), st.sampled_from(NAMES), st.integers(0, 1))
persons = st.lists(st.lists(events, min_size=1, max_size=8), min_size=1, max_size=8)
properties = st.sampled_from([None, None, None, 0, 1])
windows = st.integers(1, 10)
step_windows = st.one_of(st.none(), st.integers(1, 4))


@st.composite
def rules(draw: st.DrawFn, order: str, plain: bool = False) -> Rules:
    size = draw(st.integers(1, 4))
    names = list(draw(st.permutations(NAMES)))[:size]
    if not plain and draw(st.booleans()):
        names = draw(st.lists(st.sampled_from(NAMES), min_size=size, max_size=size))
    bare = plain or order == "any"
    steps = [
        Wants(
            name,
            draw(properties),
            optional=bool(number) and not bare and draw(st.sampled_from([False, False, True])),
            window=draw(step_windows) if number and not bare else None,
        )
        for number, name in enumerate(names)
    ]
    exclusions = []
    if size > 1 and not plain:
        for _ in range(draw(st.integers(0, 2))):
            begin = 1 if order == "any" else draw(st.integers(1, size - 1))
            end = size if order == "any" else draw(st.integers(begin + 1, size))
            wants = Wants(draw(st.sampled_from(NAMES)), draw(properties))
            exclusions.append(Excludes(wants, begin, end))
    return Rules(order, draw(windows), steps, exclusions, draw(st.booleans()))


def as_words(rules: Rules) -> dict[str, Any]:
    def named(wants: Wants) -> dict[str, Any]:
        return {"event": wants.name} | ({} if wants.p is None else {"where": f"p = {wants.p}"})

    steps = []
    for step in rules.steps:
        within = {} if step.window is None else {"window": f"{step.window} seconds"}
        steps.append(
            named(step.__class__(step.name, step.p)) | {"optional": step.optional} | within
        )
    return {
        "name": "drawn",
        "order": rules.order,
        "window": f"{rules.window} seconds",
        "steps": steps,
        "exclusions": [
            {**named(e.wants), "from_step": e.begin, "to_step": e.end} for e in rules.exclusions
        ],
        "excluded": "leave" if rules.leaves else "stay",
    }


def counted(rules: Rules, drawn: list[list[Event]]) -> Counted:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "events.csv"
        with file.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(["actor", "ts", "event", "p"])
            for actor, lived in enumerate(drawn):
                writer.writerows([f"p{actor}", e.t, e.name, e.p] for e in lived)
        return count(Funnel.model_validate(as_words(rules)), file)


def compare(rules: Rules, drawn: list[list[Event]]) -> None:
    found = counted(rules, drawn)
    answers: dict[str, Answer] = {}
    for actor, lived in enumerate(drawn):
        if (got := answer(rules, lived)) is not None:
            answers[f"p{actor}"] = got
    assert found.levels == {actor: got.level for actor, got in answers.items()}
    for step in found.steps:
        assert step.persons == sum(got.level >= step.step for got in answers.values())
    for step, seconds in found.seconds.items():
        times = [got.moments[step] for got in answers.values() if step in got.moments]
        assert (seconds.n, seconds.mean) == (
            len(times),
            pytest.approx(sum(times) / len(times)) if times else None,
        )


@SEEN
@given(rules("ordered", plain=True), persons)
def test_the_plain_ordered_funnel(drawn_rules: Rules, drawn: list[list[Event]]) -> None:
    compare(drawn_rules, drawn)


@SEEN
@given(rules("ordered"), persons)
def test_ordered_with_every_option(drawn_rules: Rules, drawn: list[list[Event]]) -> None:
    compare(drawn_rules, drawn)


@SEEN
@given(rules("strict"), persons)
def test_strict_with_every_option(drawn_rules: Rules, drawn: list[list[Event]]) -> None:
    compare(drawn_rules, drawn)


@SEEN
@given(rules("any"), persons)
def test_any_order_with_every_option(drawn_rules: Rules, drawn: list[list[Event]]) -> None:
    compare(drawn_rules, drawn)
