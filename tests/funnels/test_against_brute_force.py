"""Every mode and option together, on small random files, against chains tried one by one."""

import csv
import random
import tempfile
from pathlib import Path
from typing import Any

import pytest

from pipeline.funnels import Counted, Funnel, count
from tests.funnels.oracle import Answer, Event, Excludes, Rules, Wants, answer

NAMES = "abcxy"
FUNNELS = 20  # a test; every one over PERSONS, most of whom get nowhere, and few meet every rule
PERSONS = 60


def persons(seen: random.Random) -> list[list[Event]]:
    return [
        [
            Event(seen.randint(0, latest), seen.choice(NAMES), seen.randint(0, 1))
            for _ in range(seen.randint(1, 9))
        ]
        for latest in (seen.choice([3, 8, 14]) for _ in range(PERSONS))
    ]


def rules(seen: random.Random, order: str, plain: bool = False) -> Rules:
    size = seen.randint(1 if plain else 2, 5)
    names = seen.sample(NAMES, size)
    if not plain and seen.random() < 0.5:
        names = seen.choices(NAMES, k=size)
    bare = plain or order == "any"
    steps = [
        Wants(
            name,
            seen.choice([None, None, 0, 1]),
            optional=bool(number) and not bare and seen.random() < 0.3,
            window=seen.choice([None, 1, 2, 3, 4]) if number and not bare else None,
        )
        for number, name in enumerate(names)
    ]
    exclusions = []
    for _ in range(0 if plain else seen.randint(0, 3)):
        begin = 1 if order == "any" else seen.randint(1, size - 1)
        end = size if order == "any" else seen.randint(begin + 1, size)
        wants = Wants(seen.choice(NAMES), seen.choice([None, None, 0, 1]))
        exclusions.append(Excludes(wants, begin, end))
    return Rules(order, seen.randint(1, 14), steps, exclusions, seen.random() < 0.5)


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
    assert found.levels == {actor: got.level for actor, got in answers.items()}, rules
    for step in found.steps:
        assert step.persons == sum(got.level >= step.step for got in answers.values())
    for step, seconds in found.seconds.items():
        times = [got.moments[step] for got in answers.values() if step in got.moments]
        assert (seconds.n, seconds.mean) == (
            len(times),
            pytest.approx(sum(times) / len(times)) if times else None,
        )


def compare_many(order: str, seed: int, plain: bool = False) -> None:
    seen = random.Random(f"{order} {plain} {seed}")
    for _ in range(FUNNELS):
        compare(rules(seen, order, plain), persons(seen))


@pytest.mark.parametrize("seed", range(3))
def test_the_plain_ordered_funnel(seed: int) -> None:
    compare_many("ordered", seed, plain=True)


@pytest.mark.parametrize("seed", range(6))
def test_ordered_with_every_option(seed: int) -> None:
    compare_many("ordered", seed)


@pytest.mark.parametrize("seed", range(5))
def test_strict_with_every_option(seed: int) -> None:
    compare_many("strict", seed)


@pytest.mark.parametrize("seed", range(3))
def test_any_order_with_every_option(seed: int) -> None:
    compare_many("any", seed)
