"""The index must never lose a match: each pattern, tried on each text, against the index."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review import read_rules
from pipeline.review.copy import copy_of
from pipeline.review.index import Index, alternatives, compiled
from pipeline.review.reading import standing
from tests.review.texts import rows, text_of

GROUPS = {**standing(), **{rule.id: rule.patterns for rule in read_rules()}}
INDEX = Index(GROUPS)
TEXTS = [copy_of(text_of(row)).text for name in ("posts", "example_posts") for row in rows(name)]
WHOLE = [(group, compiled(one)) for group, patterns in GROUPS.items() for one in patterns]


@pytest.mark.parametrize("text", TEXTS[::8])
def test_what_matches_is_among_what_is_tried(text: str) -> None:
    tried = INDEX.within(text)
    lost = [
        (group, pattern.pattern)
        for group, pattern in WHOLE
        if (found := pattern.search(text))
        and not any(one.search(text, found.start()) for one in tried.get(group, ()))
    ]
    assert lost == []


def test_few_patterns_are_tried_on_a_text() -> None:
    tried = [sum(map(len, INDEX.within(text).values())) for text in TEXTS]
    assert sum(tried) / len(tried) < len(WHOLE) / 20


PARTS = st.sampled_from(
    ["a", "ab", "[ab]", "(?:ab|c)", "(?:ab)?", "b+", ".", "c*", "(?!a)", "(?<=b)", "^", r"\d", "[^a]"]
)


@given(st.lists(PARTS, min_size=1, max_size=5), st.text("abc1", max_size=8))
def test_any_pattern(parts: list[str], text: str) -> None:
    pattern = "".join(parts)
    if re.search(pattern, text):
        assert Index({"it": [pattern]}).within(text).keys() == {"it"}


def test_bars_inside_brackets_split_nothing() -> None:
    assert alternatives(r"a|(?:b|c)|[|]|\||d") == ["a", "(?:b|c)", "[|]", r"\|", "d"]
