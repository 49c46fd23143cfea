"""Which sources are missing and since when, and rows erased since they landed."""

from dataclasses import replace

import pytest

from pipeline.report.sections import quality


@pytest.fixture(scope="module")
def blocks(facts):
    return {one.id: one for row in quality.section(facts, "").blocks for one in row}


def test_missing_sources_stand_first_with_since_when(blocks):
    assert next(iter(blocks)) == "quality-gaps"
    shown = [[cell.text for cell in line] for line in blocks["quality-gaps"].rows]
    assert shown == [
        ["小红书·笔记明细", "成都分行抖音", "分行", "从未交付", "—", "—"],
        [
            *("公众号·阅读渠道（日）", "江屿银行官方号", "总行"),
            *("2026-11-01 之后的数据", "14", "2026-11-16"),
        ],
    ]
    assert blocks["quality-gaps"].rows[0][4].why == "从未交付，无从计天数"


def test_no_table_stands_where_nothing_is_missing(facts):
    current = [replace(row, status="current") for row in facts.sources]
    section = quality.section(replace(facts, sources=current), "")
    assert "quality-gaps" not in [one.id for row in section.blocks for one in row]


def test_rows_erased_since_are_told_beside_those_that_landed(blocks, facts):
    column = blocks["quality-sources"].head.index("其后删除")
    by_dataset = {line[0].text: line[column].text for line in blocks["quality-sources"].rows}
    assert by_dataset["公众号·阅读渠道（日）"] == "3"
    column = blocks["quality-datasets"].head.index("其后删除")
    summed = {line[0].text: line[column].text for line in blocks["quality-datasets"].rows}
    stored = {row.dataset: row.erased for row in facts.datasets}
    assert summed["公众号·单篇数据"] == str(stored["wechat_official_articles"]) == "9"


def test_the_balance_does_not_count_the_erased(blocks):
    assert {line[-1].text for line in blocks["quality-sources"].rows} == {"相符"}


def test_why_customers_count_or_do_not_ends_with_all_of_them(blocks):
    shown = [[cell.text for cell in line[:2]] for line in blocks["quality-consents"].rows]
    assert shown == [
        ["已计入", "16,400"],
        ["从未征询", "3,188"],
        ["已撤回", "不展示"],
        ["同时授予与撤回", "不展示"],
        ["已过期", "400"],
        ["全部客户", "20,000"],
    ]
    assert blocks["quality-consents"].metric == "consent_reason"
