"""Masking of customer ids in what people read."""

import pytest

from pipeline.privacy.masking import LONGEST_KEPT, MASK, Masker

MASKER = Masker(["C0001234", "C0005678", "9900-17"])


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("C0001234", MASK),
        ("c0001234", MASK),
        ("Ｃ０００１２３４", MASK),
        ("xC0001234y", MASK),
        ("C0009999", MASK),
        ("paid by C0009999, twice", f"paid by {MASK}, twice"),
        ("8800-23", MASK),
        ("call 138 0013 8000 now", f"call {MASK} now"),
        ("1.2k", "1.2k"),
        ("2026-11-02 09:15:00", "2026-11-02 09:15:00"),
        ("统计中", "统计中"),
        ("", ""),
    ],
)
def test_what_is_or_holds_or_looks_like_an_id_is_masked(value: str, masked: str) -> None:
    assert MASKER.mask(value) == masked


def test_a_long_value_is_cut() -> None:
    assert len(Masker([]).mask("长" * 1000)) == LONGEST_KEPT + 1


def test_where_ids_have_no_common_look_everything_is_masked() -> None:
    ids = ["".join("A9"[i >> bit & 1] for bit in range(7)) for i in range(100)]
    assert Masker(ids).mask("anything") == MASK


def test_only_a_whole_value_is_an_id() -> None:
    assert MASKER.is_id(" c0001234 ")
    assert not MASKER.is_id("C0001234-1")
