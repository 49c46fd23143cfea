"""Days, weeks and months as parts name them, and the days around them that parts see."""

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.warehouse.spans import PERIODS, Span, label, labels, meeting, merged, span

days = st.dates(dt.date(2019, 12, 20), dt.date(2027, 1, 10))
lengths = st.integers(0, 70)
spans = st.builds(lambda first, n: Span(first, first + dt.timedelta(days=n)), days, lengths)
quick = settings(max_examples=80)
DAY = dt.timedelta(days=1)


def every(some: Span) -> list[dt.date]:
    return [some.first + n * DAY for n in range((some.last - some.first).days + 1)]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("day=2026-11-15", "2026-11-15", "2026-11-15"),
        ("week=2026-W46", "2026-11-09", "2026-11-15"),
        ("week=2026-W01", "2025-12-29", "2026-01-04"),
        ("week=2026-W53", "2026-12-28", "2027-01-03"),
        ("month=2026-02", "2026-02-01", "2026-02-28"),
        ("month=2024-02", "2024-02-01", "2024-02-29"),
        ("month=2026-12", "2026-12-01", "2026-12-31"),
    ],
)
def test_a_label_names_its_days(name: str, first: str, last: str) -> None:
    assert span(name) == Span(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@quick
@given(days, st.sampled_from(PERIODS))
def test_the_label_of_a_day_names_days_that_hold_it_and_share_it(day: dt.date, period: str) -> None:
    covered = span(label(period, day))
    assert covered.holds(day)
    assert {label(period, each) for each in every(covered)} == {label(period, day)}
    assert not covered.holds(covered.first - DAY)
    assert not covered.holds(covered.last + DAY)


@quick
@given(spans, st.sampled_from(PERIODS))
def test_the_labels_of_some_days_are_those_that_share_a_day_with_them(
    some: Span, period: str
) -> None:
    names = labels(period, some)
    assert [span(name).first for name in names] == sorted({span(name).first for name in names})
    assert all(span(name).meets(some) for name in names)
    assert {label(period, day) for day in every(some)} == set(names)


@quick
@given(spans, spans)
def test_spans_meet_where_they_share_a_day(one: Span, other: Span) -> None:
    assert one.meets(other) == other.meets(one) == bool({*every(one)} & {*every(other)})


@quick
@given(st.lists(spans, max_size=5))
def test_merged_spans_hold_the_same_days_and_stand_apart(some: list[Span]) -> None:
    together = merged(some)
    assert [d for each in together for d in every(each)] == sorted(
        {d for s in some for d in every(s)}
    )
    assert all(a.last + DAY < b.first for a, b in itertools.pairwise(together))


def test_a_span_is_widened_to_both_sides_or_to_the_beginning() -> None:
    week = span("week=2026-W46")
    assert week.widened(30, 1) == Span(dt.date(2026, 10, 10), dt.date(2026, 11, 16))
    assert week.widened(0, 0) == week
    assert week.widened(None, 0) == Span(dt.date.min, week.last)


@quick
@given(st.lists(spans, max_size=6).map(merged), spans)
def test_of_spans_in_order_those_are_named_that_meet(some: list[Span], days: Span) -> None:
    assert some[meeting(some, days)] == [each for each in some if each.meets(days)]
