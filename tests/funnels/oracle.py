"""The rules of docs/FUNNELS.md by trying every chain; nothing of it is taken from the package."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product


@dataclass(frozen=True)
class Event:
    t: int
    name: str
    p: int = 0
    q: str | None = None


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
    """How deep, seconds from the entry to each step, and what the event of each step says."""

    level: int
    moments: dict[int, int]
    said: dict[int, str]

    def value(self, whose: str, step: int | None) -> str | None:
        if whose == "step":
            return self.said.get(step or 0)
        chosen = min if whose == "first" else max
        return self.said[chosen(self.said)] if self.said else None


Chain = tuple[tuple[int, Event], ...]


def answer(
    rules: Rules, events: list[Event], enters: Callable[[Event], bool] = lambda event: True
) -> Answer | None:
    """What becomes of a person, of some entries; None: not in the funnel."""
    tried = every_selection(rules, events) if rules.order == "any" else chains(rules, events)
    every = list(tried)
    found = [chain for chain in every if enters(chain[0][1])]
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
            for chain in (every if rules.order == "any" else clean)
            if not excluded(rules, chain, events)
            if depth(rules, chain) == step and chain[0][1].t >= entry
            if rules.order == "any" or chain[0][1].t == entry
            if chain[-1][1].t - entry <= rules.window
        ]
        if ends:
            moments[step] = min(ends)
    said = {}
    for step, seconds in {1: 0, **moments}.items():
        wanted = rules.steps if rules.order == "any" else [rules.steps[step - 1]]
        here = [e for e in events if e.t == entry + seconds and any(w.fits(e) for w in wanted)]
        if words := [e.q for e in here if e.q is not None]:
            said[step] = min(words)
    return Answer(level, moments, said)


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
