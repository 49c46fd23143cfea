"""Which cells of a table of person counts must be withheld so that no small group shows.

A cell counting fewer than k persons, but more than none, is withheld (primary suppression). Where
a total and its other parts would give the withheld cells away by subtraction, one alone or several
that together count fewer than k, one more cell is withheld (complementary suppression).
Source: docs/METRICS.md rule 11.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from itertools import combinations

Path = tuple[str, ...]


def withheld(
    counts: Mapping[Path, int],
    k: int,
    families: Iterable[list[Path]] | None = None,
    elsewhere: Iterable[Path] = (),
) -> set[Path]:
    """Give the paths of the cells to withhold in one table of person counts.

    `counts` maps the path of a cell to its persons. A family is a total and its parts; without
    any given the paths are `nested`. `elsewhere` are cells that another table withholds, so that
    they must not be read here. A cell is taken to be the sum of its parts, which
    is the most an outsider could assume. The result leaves no total with exactly one unknown among
    itself and its parts, and no shown total whose withheld parts together count fewer than k, or
    seem to where what is shown is subtracted.
    Deterministic: the smallest cell that reveals least is taken first.
    """
    families = nested(counts) if families is None else list(families)
    new = hidden = {path for path, persons in counts.items() if 0 < persons < k}.union(elsewhere)
    while new:
        more = {
            _companion(family, hidden, counts)
            for family in families
            if not new.isdisjoint(family) and _gives_away(family, hidden, counts, k)
        }
        new = {path for path in more if path is not None}
        hidden = hidden | new
    return hidden


def nested(counts: Mapping[Path, int]) -> list[list[Path]]:
    """Give the families of a tree, as far as they are in the table.

    `()` is the total, `("branch",)` one of its parts, `("branch", "east")` a part of that.
    """
    families: dict[Path, list[Path]] = defaultdict(list)
    for path in sorted(counts):
        if path:
            families[path[:-1]].append(path)
    return [[parent, *parts] for parent, parts in sorted(families.items()) if parent in counts]


def families(
    paths: Collection[Path], chains: Sequence[Sequence[int]], crossed: Sequence[int] = ()
) -> list[list[Path]]:
    """Give the families of a table whose cells lie on several paths at once, or are crossed.

    A cell holds a name or "" for each place. The places of a chain each part what the one before
    holds; a cell lies on it if its first place is filled, and the whole, where none is. A place of
    `crossed` holds a name, or "" for the sum over all of them. With the places tier, account,
    platform and the chains (0, 1) and (2, 1), `("line", "cards", "douyin")` is a part of
    `("line", "", "")` and of `("", "", "douyin")`.
    """
    found: dict[tuple[int, Path], list[Path]] = defaultdict(list)
    for path in sorted(paths):
        for number, chain in enumerate(chains):
            if path[chain[0]]:
                kept = {*[place for place in chain if path[place]][:-1], *crossed}
                found[number, _only(path, kept)].append(path)
        for place in crossed:
            if path[place]:
                others = set(range(len(path))) - {place}
                found[len(chains) + place, _only(path, others)].append(path)
    known = set(paths)
    return [[total, *parts] for (_, total), parts in sorted(found.items()) if total in known]


def among(families: Iterable[list[Path]], counts: Mapping[Path, int]) -> list[list[Path]]:
    """Give the families of some of the cells, of those of more."""
    return [
        [path for path in family if path in counts] for family in families if family[0] in counts
    ]


def alike(counts: Mapping[Path, int], place: int) -> list[list[Path]]:
    """Give pairs of cells that may count the same persons under other names.

    Such are equal numbers that differ in what `place` holds: who is told one is told the other.
    """
    equal: dict[int, list[Path]] = defaultdict(list)
    for path in sorted(counts):
        if counts[path]:
            equal[counts[path]].append(path)
    return [
        [one, other]
        for paths in equal.values()
        for one, other in combinations(paths, 2)
        if one[place] != other[place]
    ]


def _only(path: Path, places: Container[int]) -> Path:
    return tuple(name if place in places else "" for place, name in enumerate(path))


def _gives_away(family: list[Path], hidden: set[Path], counts: Mapping[Path, int], k: int) -> bool:
    """Whether subtracting what is shown of a family leaves one cell, or a group of fewer than k."""
    total, *parts = family
    unknown = hidden.intersection(family)
    if len(unknown) == 1 or total in hidden:
        return len(unknown) == 1
    together = sum(counts[path] for path in unknown)
    # Persons who are in several parts make the remainder less than what is withheld.
    remainder = counts[total] - sum(counts[path] for path in parts if path not in hidden)
    return 0 < together < k or 0 < remainder < k


def _companion(family: list[Path], hidden: set[Path], counts: Mapping[Path, int]) -> Path | None:
    """Choose what else to withhold: a part rather than the total, persons rather than none."""
    total = family[0]
    candidates = [path for path in family if path not in hidden]
    if not candidates:
        return None
    return min(candidates, key=lambda path: (path == total, counts[path] == 0, counts[path], path))
