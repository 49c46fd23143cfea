"""How many steps a set of events fills, where an event that fits several fills one only.

Hall's theorem: steps can each have an event of their own where, of any of them, at least as many
events fit as there are steps. Steps that ask for the same are of one kind, named by the first of
them; `n_1_3` is the number of events that fit the kinds 1 or 3.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

Kinds = tuple[int, ...]

MOST_SHARED = 6


@dataclass(frozen=True)
class Sharing:
    """Which steps an event may fit at once.

    kinds: the kind of each step, from the first. groups: the kinds, so cut that an event that
    fits several fits kinds of one group only.
    """

    kinds: Kinds
    groups: tuple[Kinds, ...]

    @property
    def alone(self) -> bool:
        """Whether no event fits several steps."""
        return len(self.groups) == len(self.kinds)

    def counts(self) -> dict[str, Kinds]:
        """Give the columns that count events: name -> the kinds any of which the events fit."""
        return {_counted(chosen): chosen for group in self.groups for chosen in _subsets(group)}

    def filled(self, steps: Collection[int]) -> str:
        """Write whether each of the steps can have an event of its own."""
        kinds = [self.kinds[step - 1] for step in steps]
        tests = [
            f"{_counted(chosen)} >= {sum(kind in chosen for kind in kinds)}"
            for group in self.groups
            for chosen in _subsets(set(group) & set(kinds))
        ]
        return " and ".join(tests)

    def most_filled(self, prefix: str) -> str:
        """Write how many steps the counted events fill at most: the theorem's deficiency form.

        prefix: of the columns that hold the counts.
        """
        parts = []
        for group in self.groups:
            whole = sum(kind in group for kind in self.kinds)
            bounds = [
                f"{whole - sum(kind in chosen for kind in self.kinds)} + {prefix}{_counted(chosen)}"
                for chosen in _subsets(group)
            ]
            parts.append(f"least({whole}, {', '.join(bounds)})")
        return " + ".join(parts)


def sharing(kinds: Kinds, overlapping: Iterable[tuple[int, int]]) -> Sharing:
    """Cut the kinds into groups, given the pairs of kinds that an event fits both of.

    Raises ValueError where more kinds share events than can be told apart at a bearable price.
    """
    group = {kind: {kind} for kind in kinds}
    for first, second in overlapping:
        joined = group[first] | group[second]
        for kind in joined:
            group[kind] = joined
    groups = sorted({tuple(sorted(joined)) for joined in group.values()})
    for found in groups:
        if len(found) > MOST_SHARED:
            raise ValueError(
                f"steps {', '.join(map(str, found))}: events fit several of these at once;"
                f" expected at most {MOST_SHARED} steps that share events. Give the steps"
                " conditions that tell them apart"
            )
    return Sharing(kinds, tuple(groups))


def _subsets(group: Iterable[int]) -> Iterator[Kinds]:
    kinds = sorted(group)
    for size in range(1, len(kinds) + 1):
        yield from combinations(kinds, size)


def _counted(chosen: Kinds) -> str:
    return "n_" + "_".join(map(str, chosen))
