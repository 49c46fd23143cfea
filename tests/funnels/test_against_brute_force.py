"""Every mode and option together, on small random files, against chains tried one by one."""

import csv
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.funnels import Counted, Funnel, count
from pipeline.funnels.count import Period
from pipeline.funnels.figures import Figures
from tests.funnels.oracle import Answer, Event, Excludes, Rules, Wants, answer

NAMES = "abcxy"
FUNNELS = 20  # a test; every one over PERSONS, most of whom get nowhere, and few meet every rule
PERSONS = 60
MIDNIGHT = 7  # the drawn second at which a week or month of Shanghai begins
STARTS = {"week": 4 * 86_400 - 8 * 3600, "month": 31 * 86_400 - 8 * 3600}  # since 1970-01-01, UTC
PERIODS = {"week": ["1970-W01", "1970-W02"], "month": ["1970-01", "1970-02"]}


def persons(seen: random.Random) -> list[list[Event]]:
    return [
        [
            Event(
                seen.randint(0, latest),
                seen.choice(NAMES),
                seen.randint(0, 1),
                seen.choice([None, "u", "v", "w"]),
            )
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


def counted(rules: Rules, drawn: list[list[Event]], words: dict[str, Any], by: Period) -> Counted:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "events.csv"
        with file.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(["actor", "ts", "event", "p", "q"])
            for actor, lived in enumerate(drawn):
                for e in lived:
                    ts = STARTS[by] - MIDNIGHT + e.t
                    writer.writerow([f"p{actor}", ts, e.name, e.p, e.q])
        return count(Funnel.model_validate(words), file, by=by)


def compare(rules: Rules, drawn: list[list[Event]], breakdown: dict[str, Any], by: Period) -> None:
    found = counted(rules, drawn, as_words(rules) | {"breakdown": breakdown}, by)
    answers = answered(rules, drawn)
    assert found.levels == {actor: got.level for actor, got in answers.items()}, rules
    compare_figures(found.all, list(answers.values()))
    told: dict[str | None, list[Answer]] = defaultdict(list)
    for got in answers.values():
        told[got.value(breakdown["value"], breakdown.get("step"))].append(got)
    assert found.values.keys() == told.keys()
    for value, persons in told.items():
        compare_figures(found.values[value], persons)
    early = answered(rules, drawn, lambda event: event.t < MIDNIGHT)
    late = answered(rules, drawn, lambda event: event.t >= MIDNIGHT)
    wanted = {PERIODS[by][number]: each for number, each in enumerate((early, late)) if each}
    assert found.periods is not None
    assert {found.label(day) for day in found.periods} == wanted.keys()
    for day, figures in found.periods.items():
        compare_figures(figures, list(wanted[found.label(day)].values()))


def answered(
    rules: Rules,
    drawn: list[list[Event]],
    enters: Callable[[Event], bool] = lambda event: True,
) -> dict[str, Answer]:
    found = {f"p{actor}": answer(rules, lived, enters) for actor, lived in enumerate(drawn)}
    return {actor: got for actor, got in found.items() if got is not None}


def compare_figures(found: Figures, wanted: list[Answer]) -> None:
    for step in found.steps:
        assert step.persons == sum(got.level >= step.step for got in wanted)
    for step, seconds in found.seconds.items():
        times = [got.moments[step] for got in wanted if step in got.moments]
        assert (seconds.n, seconds.mean) == (
            len(times),
            pytest.approx(sum(times) / len(times)) if times else None,
        )


def compare_many(order: str, seed: int, plain: bool = False) -> None:
    seen = random.Random(f"{order} {plain} {seed}")
    for _ in range(FUNNELS):
        drawn = rules(seen, order, plain)
        whose = seen.choice(["first", "last", "step"])
        step = {"step": seen.randint(1, len(drawn.steps))} if whose == "step" else {}
        breakdown = {"by": "q", "value": whose, **step}
        compare(drawn, persons(seen), breakdown, seen.choice(["week", "month"]))


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
