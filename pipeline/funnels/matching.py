"""How many steps a set of events fills, where an event that fits several fills one only.

Hall's theorem: steps can each have an event of their own where, of any of them, at least as many
events fit as there are steps. `n_1_3` is the number of events that fit step 1 or step 3.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations

from pipeline.errors import InputError

Steps = tuple[int, ...]
Groups = tuple[Steps, ...]

MOST_SHARED = 6


def subsets(group: Iterable[int]) -> Iterator[Steps]:
    """Give every non-empty choice of a group's steps."""
    steps = sorted(group)
    for size in range(1, len(steps) + 1):
        yield from combinations(steps, size)


def all_subsets(groups: Groups) -> list[Steps]:
    """Give the choices of steps whose events have to be counted; InputError where too many."""
    for group in groups:
        if len(group) > MOST_SHARED:
            raise InputError(
                f"steps {', '.join(map(str, group))}: found events that fit several of these"
                f" {len(group)} steps; expected at most {MOST_SHARED} steps that share events."
                " Give the steps conditions that tell them apart"
            )
    return [chosen for group in groups for chosen in subsets(group)]


def counted(chosen: Steps) -> str:
    """Name the column that counts the events fitting any of some steps."""
    return "n_" + "_".join(map(str, chosen))


def filled(steps: Collection[int], groups: Groups) -> str:
    """Write whether each of the steps can have an event of its own."""
    tests = [
        f"{counted(chosen)} >= {len(chosen)}"
        for group in groups
        for chosen in subsets(set(group) & set(steps))
    ]
    return " and ".join(tests)


def most_filled(groups: Groups, prefix: str = "") -> str:
    """Write how many steps the counted events fill at most (the deficiency form of the theorem)."""
    parts = []
    for group in groups:
        whole = len(group)
        bounds = [f"{whole - len(c)} + {prefix}{counted(c)}" for c in subsets(group)]
        parts.append(f"least({whole}, {', '.join(bounds)})")
    return " + ".join(parts)
