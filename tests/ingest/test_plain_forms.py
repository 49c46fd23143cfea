"""A shortcut takes nothing that its type refuses, and gives the same value for what it takes."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.bank.events import EVENTS
from pipeline.ingest.source import Column
from pipeline.ingest.units import Type, amount, bank_code, bank_row_id, text, zoned_time
from tests.privacy.test_row_ids import OF_PERSONS

TIMES = [
    "2026-11-02T09:15:00+08:00",
    "2026-11-02T09:15:00Z",
    "2026-12-31T23:59:59.123-05:30",
    "2026-11-02T09:15:00.123456+14:00",
    "2025-02-28T00:00:00Z",
    "1026-04-30T00:00:00Z",
    "2026-11-02 09:15:00+08:00",
]
TIMES_LEFT = [
    "2026-11-02T09:15:00",
    "2026-11-02",
    "2026-02-30T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-11-02T24:00:00Z",
    "2026-11-02T09:60:00Z",
    "2026-11-02T09:15:60Z",
    "2026-11-02T09:15:00+25:00",
    "x",
    "0000-01-01T00:00:00Z",
    "2024-02-29T00:00:00Z",
    "2026-11-02T09:15+08",
    "20261102T091500Z",
    "２０26-11-02T09:15:00Z",
    "2026-11-02T09:15:00Zx",
    "2026-11-02T09:15:00.1Z",
    "2026-11-02T09:15:00+0800",
]
AMOUNTS = ["0", "5", "5.5", "5.55", "007", "999999999999999.99"]
AMOUNTS_LEFT = [
    "-1",
    "+1",
    "1e3",
    "1,234.50",
    "1.234",
    ".5",
    "5.",
    "x",
    "５",
    "1000000000000000000",
    "NaN",
    "1_000",
]


@pytest.mark.parametrize(
    ("kind", "taken", "left"),
    [
        (zoned_time, TIMES, TIMES_LEFT),
        (amount, AMOUNTS, AMOUNTS_LEFT),
        (text, ["x", "客户", "-", "a,b"], ["a\x00b"]),
        (bank_code, ["XHS-1", "临江市", "20261116"], ["13871650037", "１３8-7165-0037", "a@b.c"]),
        (bank_row_id, ["E13", "客户", "1988792263542571195"], [*OF_PERSONS, "a\x00b"]),
    ],
)
def test_what_is_taken_and_what_is_left(kind: Type, taken: list[str], left: list[str]) -> None:
    assert kind.plain is not None
    values, mask = kind.plain(pa.array(taken + left))
    assert mask.to_pylist() == [True] * len(taken) + [False] * len(left)
    assert values.type == kind.arrow
    assert values.to_pylist() == [kind.parse(t) for t in taken] + [None] * len(left)


@pytest.mark.parametrize("one", TIMES + TIMES_LEFT)
def test_a_time_alone_is_taken_with_the_same_value_or_left(one: str) -> None:
    assert zoned_time.plain is not None
    values, mask = zoned_time.plain(pa.array([one, "2026-11-02T09:15:00Z"]))
    assert mask[0].as_py() == (one in TIMES)
    assert values[0].as_py() == (zoned_time.parse(one) if one in TIMES else None)
    assert mask[1].as_py()


@pytest.mark.parametrize("kind", [zoned_time, amount, bank_row_id])
@given(data=st.data())
def test_whatever_is_taken_parses_to_the_same(kind: Type, data: st.DataObject) -> None:
    form = {
        zoned_time: r"[0-9]{4}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-6]0:59"
        r"(\.[0-9]{3})?(Z|[+-][0-2][0-9]:[0-9]0)",
        bank_row_id: r"[A-Fx@-]{0,2}(13|62|110105)[0-9 -]{5,18}[0-9xX][a-fx１-]{0,2}",
    }
    pattern = form.get(kind, r"[-+]?[0-9]{0,17}(\.[0-9]{0,3})?")
    one = data.draw(st.from_regex(pattern, fullmatch=True))
    assert kind.plain is not None
    values, mask = kind.plain(pa.array([one]))
    if mask[0].as_py():
        assert values[0].as_py() == kind.parse(one)


def test_every_shortcut_of_the_events_is_under_test() -> None:
    kinds = {c.type for c in EVENTS.columns if isinstance(c, Column) and c.type.plain is not None}
    assert kinds == {zoned_time, amount, bank_code, bank_row_id}
