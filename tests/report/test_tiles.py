from dataclasses import replace

import pytest

from pipeline.report.tiles import NO_BREAK, slices, spark, tiles


def test_the_bank_is_one_slice_among_tiers_and_platforms(facts):
    found = {one.key: one.tiles for one in slices(facts)}
    assert found["|"] == [replace(one, rate=one.rate) for one in tiles(facts)]
    assert {"head_office|", "|xiaohongshu", "branch|xiaohongshu"} <= found.keys()


def test_every_slice_shows_its_stored_value(facts):
    stored = {
        (row.tier, row.platform, row.metric): row
        for row in facts.figure_history
        if row.kind != "rate" and row.starts_on == facts.week.starts
    }
    checked = 0
    for one in slices(facts):
        for tile in one.tiles:
            row = stored.get((one.tier, one.platform, tile.metric))
            if row is not None and row.value is not None and not row.hides("value"):
                assert float(tile.raw) == pytest.approx(row.value)
                checked += 1
            elif tile.metric != "mau":
                assert tile.raw == ""
    assert checked > 60


def test_a_tile_says_how_it_moved_and_how_far_it_is_from_usual(facts):
    read = tiles(facts)[0]
    row = next(
        row
        for row in facts.figure_history
        if (row.metric, row.kind, row.level) == ("read", "count", "bank")
        and row.starts_on == facts.week.starts
    )
    assert f"{abs(row.change) * 100:.1f}%" in read.compared
    moved = f"较中位 {'▲ +' if row.against_usual > 0 else '▼ −'}"
    assert moved.replace(" ", NO_BREAK) in read.compared
    assert read.usual.startswith("M0 ")


def test_an_immature_figure_is_told_beside_the_latest_mature_one(facts):
    new = next(one for one in tiles(facts) if one.id == "new_customer")
    assert new.value.state == "immature" and new.pill == "未成熟"
    assert new.compared.startswith("已成熟的 2026-W41：")


def test_without_figures_every_tile_is_a_dash(facts):
    none = tiles(replace(facts, figure_history=[]))
    assert {one.value.text for one in none} == {"—"} and {one.raw for one in none} == {""}


def test_a_missing_week_breaks_the_line():
    assert spark([1, None, 3, 2]).count("M") == 2
    assert spark([None, 5]) == ""
