"""Which findings a page gives, and in which order.

A candidate has an effect and a certainty; the product of the two ranks it. Nothing here is shown:
every number on the page is a published one, and these only choose among them.

Effect, at most 5: how many spreads of its own past a number lies from what it usually is
(`published.expected_ranges`). Where no spread is published, it is the least that a count is given
there: a tenth, and no less than chance alone makes it. What stands as it stood, such as a
difference between tiers, counts as one spread. A grave comment counts as the most.

Certainty, one to three: 3 where the interval or the range says so, or where every single thing was
counted (comments, posts, sources); else 2 from 100 counts or persons on, and 1 below.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from pipeline.report.facts.figure_rows import Expected
from pipeline.report.view import Finding

MOST, LEAST = 5, 3  # findings on a page
LARGEST, STANDING = 5.0, 1.0  # effects
LEAST_SPREAD = 0.1
SURE, LIKELY, THIN = 3, 2, 1  # certainties
ENOUGH = 100  # counts or persons behind a number that is likely
WORTH = STANDING * LIKELY  # below it a finding only fills a page up to the least

# Each gives one finding; where two weigh the same, the earlier comes first. First of all what the
# product is asked: how followers become active customers, and what their visits lead to.
ASKED = ("followers", "cards", "subscriptions", "assets")
FAMILIES = (
    *ASKED,
    "steps",
    "moves",
    "watch",
    "opinion",
    "compliance",
    "cost",
    "experiments",
    "journeys",
    "attribution",
    "data",
    "growth",
    "level",
    "content",
    "bridge",
)


@dataclass(frozen=True)
class Candidate:
    """A finding that may be given, and what it is ranked by."""

    family: str
    effect: float
    certainty: int
    finding: Finding
    about: tuple[str | None, str] | None = None  # the part and the stage it tells of

    @property
    def weight(self) -> float:
        """Its effect and its certainty together."""
        return self.effect * self.certainty


def ranked(candidates: Sequence[Candidate], most: int = MOST, least: int = LEAST) -> list[Finding]:
    """Give the findings of a page, the weightiest first, one of a family.

    What is missing always has its place; so has, where it is worth one, the weightiest finding on
    what the product is asked. All others compete. The first point for attention alone keeps what
    is to be checked.
    """
    order = sorted(candidates, key=_rank)
    best = list({one.family: one for one in reversed(order)}.values())
    best = _each_once(sorted(best, key=_rank))
    kept = [one for one in best if one.family == "data"]
    kept += [one for one in best if one.family in ASKED and one.weight >= WORTH][:1]
    rest = [one for one in best if one not in kept]
    worth = [one for one in rest if one.weight >= WORTH]
    fill = [one for one in rest if one.weight < WORTH]
    kept += worth[: most - len(kept)]
    kept += fill[: max(0, least - len(kept))]
    told = [one.finding for one in sorted(kept, key=_opening)]
    return _with_one_check(told)


def spreads(row: Expected) -> float:
    """The effect of a number that has a range of its own."""
    return min(LARGEST, abs(row.distance))


def change_effect(change: float, base: float | None) -> float:
    """The effect of a relative change of so many counts or persons, in the spreads of chance."""
    spread = max(LEAST_SPREAD, 1 / sqrt(max(base or 0.0, 1.0)))
    return min(LARGEST, abs(change) / spread)


def by_count(n: float | None) -> int:
    """How certain a number is that so many counts or persons stand behind."""
    return LIKELY if (n or 0) >= ENOUGH else THIN


def _rank(one: Candidate) -> tuple[float, int]:
    return (-one.weight, FAMILIES.index(one.family))


def _opening(one: Candidate) -> tuple[bool, float, int]:
    """What stands or is missing does not open a page that has anything else to say."""
    return (one.finding.kind == "data", *_rank(one))


def _each_once(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out what tells of the same stage of the same part, or of a second rise of a part."""
    told: list[Candidate] = []
    for one in candidates:
        if not any(_repeats(one, other) for other in told):
            told.append(one)
    return told


def _repeats(one: Candidate, other: Candidate) -> bool:
    if one.about is None or other.about is None:
        return False
    rises = one.finding.kind == other.finding.kind == "finding"
    return one.about == other.about or (rises and one.about[0] == other.about[0])


def _with_one_check(findings: list[Finding]) -> list[Finding]:
    asks = [at for at, one in enumerate(findings) if one.kind == "attention" and one.check]
    return [one if at in asks[:1] else replace(one, check="") for at, one in enumerate(findings)]
