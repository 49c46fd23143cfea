"""A copied text with its sentences, and what stands around a place in it."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache, cached_property

from pipeline.review.copy import copy_of
from pipeline.review.index import Index, compiled
from pipeline.review.rules import Context, contexts
from pipeline.review.words import language

_SENTENCE = re.compile("[。!?;\n]+")
_CONTEXT = "context:"
_CLAUSE = re.compile("[,、。!?;:\n]+|——")


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

    def holds(self, name: str, start: int, end: int) -> bool:
        """Say whether a context is there, seen from a span; one of the whole text: see `said`."""
        context, pattern = _compiled()[name]
        return pattern.search(self.around(context, start, end)) is not None

    @cached_property
    def said(self) -> set[str]:
        """The contexts that hold wherever in the text they stand."""
        groups = (group for group in self.found if group.startswith(_CONTEXT))
        return {group.removeprefix(_CONTEXT) for group in groups}

    def around(self, context: Context, start: int, end: int) -> str:
        """Give the text in which a context is looked for."""
        match context.place:
            case "before":
                return self.before(start, context.window)
            case "after":
                return self.after(end, context.window)
            case "clause":
                return self.text[slice(*self._part(self._clauses, start, end))]
            case "sentence":
                return self.text[slice(*self._part(self._sentences, start, end))]
        return self.text

    def before(self, start: int, window: int) -> str:
        """Give at most so many characters before a place, within its sentence."""
        first, _ = self._part(self._sentences, start, start)
        return self.text[max(first, start - window) : start]

    def after(self, end: int, window: int) -> str:
        """Give at most so many characters from a place on, and the mark its sentence ends with."""
        _, last = self._part(self._sentences, end, end)
        return self.text[end : min(last + 1, end + window)]

    def products(self, start: int, end: int) -> set[str]:
        """Give the kinds of product a span is about: those its clause names, else its sentence,
        else the text; {"none"} where no product is named.
        """
        clause = self._part(self._clauses, start, end)
        if clause not in self._kinds:
            sentence = self._part(self._sentences, start, end)
            named = (self._named(*part) for part in (clause, sentence, (0, len(self.text))))
            self._kinds[clause] = next(filter(None, named), {"none"})
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


@cache
def _compiled() -> dict[str, tuple[Context, re.Pattern[str]]]:
    return {
        name: (context, compiled("|".join(context.patterns)))
        for name, context in contexts().items()
    }


@cache
def _products() -> dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]:
    return {
        kind: (any_of(named.get("unless_before", ())), any_of(named.get("unless_after", ())))
        for kind, named in language("products").items()
    }


def standing() -> dict[str, Iterable[str]]:
    """Give what every text is searched for, whatever the rules: groups of patterns by name."""
    groups: dict[str, Iterable[str]] = {
        f"{_CONTEXT}{name}": context.patterns
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
