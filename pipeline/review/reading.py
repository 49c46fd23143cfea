"""A copied text with its sentences, and what stands around a place in it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from pipeline.review.copy import copy_of
from pipeline.review.index import Index, compiled
from pipeline.review.rules import Place, contexts
from pipeline.review.words import language

_SENTENCE = re.compile("[。!?;\n]+")
_CLAUSE = re.compile("[,、。!?;:\n]+|——")
_PLACES_OF_SALE = {"service"}


class Reading:
    """One text as it is read: `text` is the copy that patterns are matched on.

    found: the spans of matches by group, of `standing` and of any rules.
    """

    def __init__(self, original: str, index: Index[str]) -> None:
        self.source = original
        self.copy = copy_of(original)
        self.text = self.copy.text
        self.found = index.matches(self.text)
        self._kinds: dict[tuple[int, int], set[str]] = {}

    def holds(self, context: "Around", start: int, end: int) -> bool:
        """Say whether a context is there, seen from a span."""
        match context.place:
            case "before":
                where = self.before(start, context.window)
            case "after":
                where = self.after(end, context.window)
            case "clause":
                where = self.text[slice(*self._part(self._clauses, start, end))]
            case _:
                where = self.text[slice(*self._part(self._sentences, start, end))]
        return context.search(where) is not None

    def before(self, start: int, window: int) -> str:
        """Give at most so many characters before a place, within its sentence."""
        at = bisect_right(self._sentences, start)
        first = self._sentences[at - 1] if at else 0
        return self.text[max(first, start - window) : start]

    def after(self, end: int, window: int) -> str:
        """Give at most so many characters from a place on, and the mark its sentence ends with."""
        at = bisect_right(self._sentences, end)
        last = self._sentences[at] if at < len(self._sentences) else len(self.text)
        return self.text[end : min(last, end + window)]

    def products(self, start: int, end: int) -> set[str]:
        """Give the kinds of product a span is about: those its clause names, else its sentence,
        else the text; {"none"} where no product is named.

        Where only the counter or the app is named, what is sold there stands further away.
        """
        clause = self._part(self._clauses, start, end)
        if clause not in self._kinds:
            sentence = self._part(self._sentences, start, end)
            parts = (clause, sentence, (0, len(self.text)))
            named = [self._named(*part) for part in parts]
            sold = next(filter(None, (kinds - _PLACES_OF_SALE for kinds in named)), None)
            self._kinds[clause] = sold or named[-1] or {"none"}
        return self._kinds[clause]

    def _named(self, start: int, end: int) -> set[str]:
        return {kind for at, kind in self._mentions if start <= at < end}

    @cached_property
    def _mentions(self) -> list[tuple[int, str]]:
        found = []
        for kind, (before, after) in _products().items():
            for start, end in self.found.get(f"product:{kind}", ()):
                if before and before.search(self.text[max(0, start - 6) : start]):
                    continue
                if not (after and after.match(self.text[end : end + 8])):
                    found.append((start, kind))
        return found

    @cached_property
    def _sentences(self) -> list[int]:
        return _ends(_SENTENCE, self.text)

    @cached_property
    def _clauses(self) -> list[int]:
        return _ends(_CLAUSE, self.text)

    def _part(self, bounds: list[int], start: int, end: int) -> tuple[int, int]:
        """Give the span from the part that `start` lies in to the end of the one of `end`."""
        first = bisect_right(bounds, start)
        last = bisect_right(bounds, max(start, end - 1))
        return (bounds[first - 1] if first else 0), (
            bounds[last] - 1 if last < len(bounds) else len(self.text)
        )


def _ends(mark: re.Pattern[str], text: str) -> list[int]:
    return [match.end() for match in mark.finditer(text)]


def any_of(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """Compile alternatives into one pattern that stays within a line; None of none."""
    joined = "|".join(patterns)
    return compiled(joined) if joined else None


@dataclass(frozen=True, slots=True)
class Around:
    """A context that is looked for near a place. window: as `Context` has it."""

    place: Place
    window: int
    search: Callable[[str], re.Match[str] | None]


@cache
def around(name: str) -> Around:
    """Give a context by its name; one of the whole text is none: see `context_group`."""
    context = contexts()[name]
    return Around(context.place, context.window, compiled("|".join(context.patterns)).search)


@cache
def _products() -> dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]:
    return {
        kind: (any_of(named.get("unless_before", ())), any_of(named.get("unless_after", ())))
        for kind, named in language("products").items()
    }


def context_group(name: str) -> str:
    """Give the group of a context of the whole text: it holds where the group is found at all."""
    return f"context:{name}"


def standing() -> dict[str, Iterable[str]]:
    """Give what every text is searched for, whatever the rules: groups of patterns by name."""
    groups: dict[str, Iterable[str]] = {
        context_group(name): context.patterns
        for name, context in contexts().items()
        if context.place == "text"
    }
    groups |= {f"product:{kind}": named["patterns"] for kind, named in language("products").items()}
    for theme, weights in language("themes").items():
        for weight, patterns in weights.items():
            for number, pattern in enumerate(patterns):
                groups[f"theme:{theme}:{weight}:{number}"] = [pattern]
    for form, named in language("forms").items():
        groups |= {f"form:{form}": named["patterns"], f"not:{form}": named["unless"]}
    return groups
