"""Which cells are withheld, and what an outsider can still work out from those that are shown."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.privacy.small_cells import Path, alike, families, withheld

K = 10
TIERS = {(): 100, ("branch",): 60, ("head_office",): 25, ("line",): 15}


def test_cells_of_k_and_more_are_all_shown() -> None:
    assert withheld(TIERS, K) == set()


def test_the_threshold_itself_is_shown() -> None:
    assert withheld({(): 20, ("branch",): K, ("line",): K}, K) == set()


def test_a_small_cell_takes_the_smallest_other_part_with_it() -> None:
    counts = {(): 94, ("branch",): 60, ("head_office",): 25, ("line",): 9}
    assert withheld(counts, K) == {("line",), ("head_office",)}


def test_two_small_parts_that_together_reach_k_cover_each_other() -> None:
    counts = {(): 71, ("branch",): 60, ("head_office",): 5, ("line",): 6}
    assert withheld(counts, K) == {("head_office",), ("line",)}


def test_small_parts_that_together_count_fewer_than_k_take_one_more() -> None:
    """60 + 20 shown of 82 would say: two persons, whoever they are."""
    counts = {(): 82, ("a",): 1, ("b",): 1, ("c",): 20, ("d",): 60}
    assert withheld(counts, K) == {("a",), ("b",), ("c",)}


def test_a_small_cell_without_another_part_takes_its_total() -> None:
    counts = {(): 40, ("branch",): 3}
    assert withheld(counts, K) == {(), ("branch",)}


def test_a_small_total_and_its_only_part_are_both_small() -> None:
    counts = {(): 4, ("line",): 4}
    assert withheld(counts, K) == {(), ("line",)}


def test_nobody_is_a_number_that_may_be_shown() -> None:
    assert withheld({(): 0, ("branch",): 0, ("line",): 0}, K) == set()


def test_a_part_with_persons_covers_better_than_an_empty_one() -> None:
    counts = {(): 63, ("branch",): 60, ("head_office",): 0, ("line",): 3}
    assert withheld(counts, K) == {("line",), ("branch",)}


def test_withholding_goes_down_to_the_parts_of_a_cell_withheld_as_cover() -> None:
    counts = {
        (): 63,
        ("branch",): 60,
        ("branch", "east"): 40,
        ("branch", "west"): 20,
        ("line",): 3,
    }
    assert withheld(counts, K) == {("line",), ("branch",), ("branch", "west")}


def test_withholding_goes_up_through_units_of_a_single_account() -> None:
    counts = {
        (): 102,
        ("branch",): 102,
        ("branch", "east"): 2,
        ("branch", "east", "east-xhs"): 2,
        ("branch", "west"): 100,
        ("branch", "west", "west-mp"): 100,
    }
    hidden = withheld(counts, K)
    assert hidden == {path for path in counts if len(path) >= 2}


def test_cells_without_their_total_give_nothing_away() -> None:
    assert withheld({("card a",): 50, ("card b",): 3}, K) == {("card b",)}


def test_an_empty_tree_withholds_nothing() -> None:
    assert withheld({}, K) == set()


@pytest.mark.parametrize("counts", [dict(reversed(TIERS.items())), TIERS])
def test_equal_cells_are_taken_by_name_in_whatever_order_they_come(counts: dict[Path, int]) -> None:
    tied = {path: 25 if path else 78 for path in counts} | {("line",): 3}
    assert withheld(tied, K) == {("line",), ("branch",)}


@st.composite
def trees(draw: st.DrawFn, slack: bool = False) -> dict[Path, int]:
    """Draw a table of three levels under a total, each cell the sum of its parts.

    slack: distinct persons may be fewer than their parts together, and cells may be missing.
    """
    size = st.sampled_from([0, 0, 1, 1, 2, 3, 5, 8, 9, 10, 11, 14, 40, 300])
    counts: dict[Path, int] = {}

    def grow(path: Path) -> int:
        parts = draw(st.integers(0 if path else 1, 4)) if len(path) < 3 else 0
        total = sum(grow((*path, name)) for name in "abcd"[:parts]) if parts else draw(size)
        if slack:
            total -= draw(st.integers(0, total // 2))
        if not slack or draw(st.integers(0, 9)):
            counts[path] = total
        return total

    grow(())
    return counts


ATTACKS = settings(max_examples=150)


@ATTACKS
@given(trees(slack=True))
def test_no_total_has_exactly_one_unknown_among_itself_and_its_parts(
    counts: dict[Path, int],
) -> None:
    hidden = withheld(counts, K)
    for total in counts:
        parts = parts_of(total, counts)
        if parts:
            assert len(hidden.intersection([total, *parts])) != 1


@ATTACKS
@given(trees(slack=True))
def test_no_cell_of_fewer_than_k_persons_is_shown(counts: dict[Path, int]) -> None:
    hidden = withheld(counts, K)
    assert all(counts[path] == 0 or counts[path] >= K for path in counts.keys() - hidden)


@ATTACKS
@given(trees())
def test_no_withheld_cell_can_be_solved_for(counts: dict[Path, int]) -> None:
    hidden = withheld(counts, K)
    assert solvable(counts, hidden) == set()


@ATTACKS
@given(trees())
def test_no_subtraction_over_several_levels_leaves_a_small_group(counts: dict[Path, int]) -> None:
    """A shown cell less everything shown below it is a group whose size anybody can work out."""
    hidden = withheld(counts, K)
    for shown in counts.keys() - hidden:
        assert left_below(shown, counts, hidden) not in range(1, K)


def test_the_attack_finds_a_cell_that_is_left_open() -> None:
    counts = {(): 63, ("a",): 50, ("a", "x"): 45, ("a", "y"): 5, ("b",): 13}
    assert solvable(counts, {("a", "y")}) == {("a", "y")}
    assert solvable(counts, {("a",), ("a", "y")}) == {("a",), ("a", "y")}
    assert solvable(counts, {("a",), ("b",), ("a", "y")}) == set()


def parts_of(total: Path, counts: Mapping[Path, int]) -> list[Path]:
    return [path for path in counts if path and path[:-1] == total]


def solvable(counts: Mapping[Path, int], hidden: set[Path]) -> set[Path]:
    """Solve the equations `total = its parts` for the withheld cells; give those with one answer.

    A cell has one answer where its unit vector lies in the row space of the equations.
    """
    unknowns = sorted(hidden)
    equations = []
    for total in counts:
        members = {total: 1} | dict.fromkeys(parts_of(total, counts), -1)
        if len(members) > 1:
            equations.append([members.get(path, 0) for path in unknowns])
    if not unknowns or not equations:
        return set()
    matrix = np.array(equations, dtype=float)
    onto_rows = np.linalg.pinv(matrix) @ matrix
    return {path for i, path in enumerate(unknowns) if np.isclose(onto_rows[i, i], 1.0)}


def left_below(shown: Path, counts: Mapping[Path, int], hidden: set[Path]) -> int:
    left = 0
    for part in parts_of(shown, counts):
        if part in hidden:
            below = parts_of(part, counts)
            left += left_below(part, counts, hidden) if below else counts[part]
    return left


CROSS = {
    ("new", "active"): 40,
    ("new", "dormant"): 3,
    ("active", "active"): 300,
    ("active", "dormant"): 50,
    ("lost", "active"): 20,
    ("lost", "dormant"): 30,
}


def with_sums(cells: dict[Path, int]) -> dict[Path, int]:
    """Add the sums of the rows and of the columns of a cross table."""
    table = dict(cells)
    for (row, column), persons in cells.items():
        for path in ((row, ""), ("", column)):
            table[path] = table.get(path, 0) + persons
    return table


def test_a_cross_table_withholds_what_neither_its_rows_nor_its_columns_give_away() -> None:
    table = with_sums(CROSS)
    assert withheld(table, K, families(table, [], [0, 1])) == {
        ("new", "dormant"),
        ("new", "active"),
        ("lost", "active"),
        ("lost", "dormant"),
    }


@ATTACKS
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")),
        st.sampled_from([0, 1, 2, 3, 5, 9, 10, 11, 40, 300]),
    )
)
def test_no_row_or_column_of_a_cross_table_has_exactly_one_unknown(cells: dict[Path, int]) -> None:
    table = with_sums(cells)
    rows_and_columns = families(table, [], [0, 1])
    hidden = withheld(table, K, rows_and_columns)
    assert all(table[path] == 0 or table[path] >= K for path in table.keys() - hidden)
    assert {path for family in rows_and_columns for path in family} == table.keys()
    assert [family for family in rows_and_columns if len(hidden.intersection(family)) == 1] == []


TIERS_AND_PLATFORMS = {
    ("", "", ""): 100,
    ("line", "", ""): 60,
    ("line", "cards", "douyin"): 35,
    ("line", "wealth", "weibo"): 25,
    ("branch", "", ""): 40,
    ("branch", "east", "douyin"): 33,
    ("branch", "west", "zhihu"): 7,
    ("", "", "douyin"): 68,
    ("", "", "weibo"): 25,
    ("", "", "zhihu"): 7,
}
CHAINS = [(0, 1), (2, 1)]


def test_an_account_is_a_part_of_its_tier_and_of_its_platform() -> None:
    found = families(TIERS_AND_PLATFORMS, CHAINS)
    whole = ("", "", "")
    assert [whole, ("branch", "", ""), ("line", "", "")] in found
    assert [whole, ("", "", "douyin"), ("", "", "weibo"), ("", "", "zhihu")] in found
    assert [("", "", "douyin"), ("branch", "east", "douyin"), ("line", "cards", "douyin")] in found
    assert [("branch", "", ""), ("branch", "east", "douyin"), ("branch", "west", "zhihu")] in found


def test_a_cell_withheld_on_one_path_is_not_given_away_on_the_other() -> None:
    """Weibo covers zhihu; its one account is withheld too, and with it another of the line's."""
    hidden = withheld(TIERS_AND_PLATFORMS, K, families(TIERS_AND_PLATFORMS, CHAINS))
    assert {("", "", "zhihu"), ("", "", "weibo"), ("line", "wealth", "weibo")} < hidden
    assert ("line", "cards", "douyin") in hidden


PLACED = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from("uvwxyz"), st.sampled_from("pq")),
    st.sampled_from([0, 1, 5, 9, 10, 40, 300]),
)


@ATTACKS
@given(PLACED)
def test_no_family_of_two_paths_and_a_cross_has_exactly_one_unknown(cells: dict[Path, int]) -> None:
    """Accounts have a tier, a platform (by their name), and customers of two kinds."""
    table: dict[Path, int] = {}
    for (tier, account, kind), persons in cells.items():
        name, platform = tier + account, account > "w"
        for path in ((tier, name, str(platform)), (tier, "", ""), ("", "", str(platform))):
            for cell in ((*path, kind), (*path, "")):
                table[cell] = table.get(cell, 0) + persons
        for cell in (("", "", "", kind), ("", "", "", "")):
            table[cell] = table.get(cell, 0) + persons
    arranged = families(table, [(0, 1), (2, 1)], [3])
    hidden = withheld(table, K, arranged)
    assert all(table[path] == 0 or table[path] >= K for path in table.keys() - hidden)
    assert {path for family in arranged for path in family} == table.keys()
    assert [family for family in arranged if len(hidden.intersection(family)) == 1] == []


def test_what_another_table_withholds_is_withheld_here_with_what_would_give_it_away() -> None:
    counts = {(): 90, ("branch",): 60, ("line",): 30}
    assert withheld(counts, K, elsewhere={("line",)}) == {("line",), ("branch",)}


def test_equal_numbers_of_two_arrangements_are_withheld_together() -> None:
    """Who is told that 20 came by the menu is told the 20 of the app, and so who is left over."""
    counts = {
        ("entry", ""): 75,
        ("entry", "menu"): 20,
        ("entry", "post"): 50,
        ("entry", "ticket"): 5,
        ("platform", ""): 75,
        ("platform", "app"): 20,
        ("platform", "zhihu"): 55,
    }
    arranged = families(counts, [(0, 1)])
    assert withheld(counts, K, arranged) == {("entry", "ticket"), ("entry", "menu")}
    hidden = withheld(counts, K, arranged + alike(counts, 0))
    assert hidden == {*counts} - {("entry", ""), ("platform", ""), ("entry", "post")}
