"""The rules of docs/FUNNELS.md by trying every chain; nothing of it is taken from the package."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product


@dataclass(frozen=True)
class Event:
    t: int
    name: str
    p: int = 0


@dataclass(frozen=True)
class Wants:
    """What a step or an exclusion asks of an event: its name and, perhaps, its property."""

    name: str
    p: int | None = None
    optional: bool = False
    window: int | None = None

    def fits(self, event: Event) -> bool:
        return event.name == self.name and self.p in (None, event.p)


@dataclass(frozen=True)
class Excludes:
    wants: Wants
    begin: int
    end: int


@dataclass(frozen=True)
class Rules:
    order: str
    window: int
    steps: list[Wants]
    exclusions: list[Excludes] = field(default_factory=list)
    leaves: bool = True


@dataclass(frozen=True)
class Answer:
    level: int
    moments: dict[int, int]


Chain = tuple[tuple[int, Event], ...]


def answer(rules: Rules, events: list[Event]) -> Answer | None:
    """How deep a person gets, and seconds from the entry to each step; None: not in the funnel."""
    found = list(every_selection(rules, events) if rules.order == "any" else chains(rules, events))
    clean = [chain for chain in found if not excluded(rules, chain, events)]
    ranked = found if rules.leaves else clean
    if not ranked:
        return None
    best = max((depth(rules, chain), chain[0][1].t) for chain in ranked)
    if best not in [(depth(rules, chain), chain[0][1].t) for chain in clean]:
        return None
    level, entry = best
    moments = {}
    for step in range(2, level + 1):
        ends = [
            chain[-1][1].t - entry
            for chain in clean
            if depth(rules, chain) == step and chain[0][1].t >= entry
            if rules.order == "any" or chain[0][1].t == entry
            if chain[-1][1].t - entry <= rules.window
        ]
        if ends:
            moments[step] = min(ends)
    return Answer(level, moments)


def depth(rules: Rules, chain: Chain) -> int:
    return len(chain) if rules.order == "any" else chain[-1][0]


def chains(rules: Rules, events: list[Event]) -> Iterator[Chain]:
    started: list[Chain] = [((1, event),) for event in events if rules.steps[0].fits(event)]
    while started:
        chain = started.pop()
        yield chain
        started += longer(rules, events, chain)


def longer(rules: Rules, events: list[Event], chain: Chain) -> Iterator[Chain]:
    reached, last = chain[-1]
    for number in range(reached + 1, len(rules.steps) + 1):
        step = rules.steps[number - 1]
        for event in events:
            used = any(event is other for _, other in chain)
            if used or not step.fits(event) or event.t < last.t:
                continue
            if event.t - chain[0][1].t > rules.window:
                continue
            if step.window is not None and event.t - last.t > step.window:
                continue
            if rules.order == "strict" and any(
                last.t < other.t < event.t and not rules.steps[reached - 1].fits(other)
                for other in events
            ):
                continue
            yield (*chain, (number, event))
        if not step.optional:
            return


def every_selection(rules: Rules, events: list[Event]) -> Iterator[Chain]:
    choices = [[None, *(event for event in events if step.fits(event))] for step in rules.steps]
    for chosen in product(*choices):
        taken = [(number, e) for number, e in enumerate(chosen, 1) if e is not None]
        if not taken or len({id(event) for _, event in taken}) < len(taken):
            continue
        taken.sort(key=lambda pair: pair[1].t)
        if taken[-1][1].t - taken[0][1].t <= rules.window:
            yield tuple(taken)


def excluded(rules: Rules, chain: Chain, events: list[Event]) -> bool:
    for exclusion in rules.exclusions:
        if depth(rules, chain) < exclusion.end:
            continue
        if rules.order == "any":
            begin, end = chain[0][1].t, chain[-1][1].t
        else:
            begin = [event.t for step, event in chain if step <= exclusion.begin][-1]
            end = next(event.t for step, event in chain if step >= exclusion.end)
        if any(begin < event.t < end and exclusion.wants.fits(event) for event in events):
            return True
    return False
