"""The index gives what each pattern, tried alone on the whole text, gives."""

import re
from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.review import read_rules
from pipeline.review.copy import copy_of
from pipeline.review.index import Index, compiled
from pipeline.review.openings import LENGTH, alternatives, openings
from pipeline.review.reading import standing
from tests.review.texts import rows, text_of

GROUPS = {**standing(), **{rule.id: rule.patterns for rule in read_rules()}}
INDEX = Index(GROUPS)
TEXTS = [copy_of(text_of(row)).text for name in ("posts", "example_posts") for row in rows(name)]


Spans = set[tuple[int, int]]


def _alone(patterns: Iterable[str], text: str) -> tuple[Spans, Spans]:
    """Give the matches that `finditer` gives for each alternative, and those at any place."""
    parts = [compiled(part) for pattern in patterns for part in alternatives(pattern)]
    places = range(len(text) + 1)
    there = (part.match(text, at) for part in parts for at in places)
    return (
        {match.span() for part in parts for match in part.finditer(text)},
        {match.span() for match in there if match},
    )


def _agrees(found: Iterable[tuple[int, int]], patterns: Iterable[str], text: str) -> bool:
    least, most = _alone(patterns, text)
    return least <= set(found) <= most


@pytest.mark.parametrize("text", TEXTS[::16])
def test_every_match_is_found_and_nothing_else(text: str) -> None:
    found = INDEX.matches(text)
    wrong = [
        group
        for group, patterns in GROUPS.items()
        if not _agrees(found.get(group, ()), patterns, text)
    ]
    assert wrong == []


def test_the_patterns_tell_what_their_matches_begin_with() -> None:
    """One that may begin with anything is looked for everywhere, in every text."""
    parts = {part for patterns in GROUPS.values() for one in patterns for part in alternatives(one)}
    assert [part for part in parts if "" in openings(part)] == []
    assert sum(len(opening) == 1 for part in parts for opening in openings(part)) < len(parts) / 4


PARTS = st.sampled_from(
    [
        "a",
        "ab",
        "[ab]",
        "[a-c1]",
        "(?:ab|c)",
        "(?:ab)?",
        "b+",
        "b+?",
        ".",
        "c*",
        "a{2}",
        "(?:bc){1,2}",
        "(?!a)",
        "(?<=b)",
        "^",
        r"\d",
        r"[\d.]",
        r"\.",
        r"\w",
        r"\n",
        "[^a]",
        "|",
    ]
)


@example(["(?:ab|c)"], "cab")  # a short beginning to the left of a long one
@given(st.lists(PARTS, min_size=1, max_size=5), st.text("abc12.\n", max_size=8))
def test_any_pattern(parts: list[str], text: str) -> None:
    pattern = "".join(parts)
    assert _agrees(Index({"it": [pattern]}).matches(text).get("it", ()), [pattern], text)


def test_a_plain_string_ends_where_the_text_does() -> None:
    assert Index({"it": ["a\n"]}).matches("a") == {}
    assert Index({"it": ["a\n"]}).matches("a\n") == {"it": [(0, 2)]}


@given(st.lists(PARTS, min_size=1, max_size=5), st.text("abc12.\n", max_size=8))
def test_any_match_begins_as_said(parts: list[str], text: str) -> None:
    pattern = "".join(parts)
    match = re.search(compiled(pattern), text)
    if match:
        begins = re.sub(r"\d", "0", text[match.start() :][:LENGTH])
        assert any(begins.startswith(opening) for opening in openings(pattern))


def test_bars_inside_brackets_split_nothing() -> None:
    assert alternatives(r"a|(?:b|c)|[|]|\||d") == ("a", "(?:b|c)", "[|]", r"\|", "d")
