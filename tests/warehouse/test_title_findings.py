"""What is live is held to the rules of its day, by its titles alone."""

import datetime as dt

import pytest

from pipeline.review import Reviewer, read_rules

TITLES = ["core.title_findings", "core.post_findings"]
LOAN = "消费贷低门槛，轻松申请"
PROMISE = "理财稳赚不赔，首购送好礼"


def found(given, columns="title, rule_id, matched"):
    given.build(*TITLES)
    return given.connection.execute(
        f"select {columns} from core.post_findings order by all"
    ).fetchall()


def test_a_title_is_held_to_the_rules_of_the_day_of_publication(given):
    given["core.post_snapshots"] = f"""
        post_id | account_id | title  | published_on | exported_at
        before  | hq         | {LOAN} | 2026-09-29   | 2026-11-02
        after   | hq         | {LOAN} | 2026-09-30   | 2026-11-02
    """
    assert found(given, "post_id, rule_id, matched, verdict") == [
        ("after", "exaggeration.six_words", "低门槛", "violation")
    ]


def test_what_a_title_leaves_unsaid_is_not_looked_for(given):
    rules = {rule.id: rule for rule in read_rules()}
    by_title = {finding.rule_id for finding in Reviewer(dt.date(2026, 11, 1)).review(PROMISE)}
    assert "missing_risk.promised" in by_title
    given["core.post_snapshots"] = f"""
        post_id | account_id | title     | published_on | exported_at
        a       | hq         | {PROMISE} | 2026-11-01   | 2026-11-02
    """
    names = {rule for (rule,) in found(given, "rule_id")}
    assert names
    assert names == {name for name in by_title if not rules[name].of_whole_texts}


@pytest.mark.parametrize("category", ["missing_risk", "ad_mark", "past_performance", "live_host"])
def test_rules_of_omission_say_so_themselves(category):
    rules = [rule for rule in read_rules() if rule.category == category]
    assert rules
    assert all(rule.of_whole_texts for rule in rules)


def test_an_edited_title_ends_the_finding_and_a_restored_one_begins_it_again(given):
    given["core.post_snapshots"] = f"""
        post_id | account_id | title     | published_on | exported_at
        edited  | hq         | {PROMISE} | 2026-10-01   | 2026-10-02
        edited  | hq         | {PROMISE} | 2026-10-01   | 2026-10-09
        edited  | hq         | 理财入门  | 2026-10-01   | 2026-10-16
        edited  | hq         | 理财入门  | 2026-10-01   | 2026-10-23
        back    | hq         | {PROMISE} | 2026-10-01   | 2026-10-02
        back    | hq         | 理财入门  | 2026-10-01   | 2026-10-09
        back    | hq         | {PROMISE} | 2026-10-01   | 2026-10-16
        gone    | hq         | {PROMISE} | 2026-10-01   | 2026-10-02
    """
    columns = "distinct post_id, found_at::date::varchar, fixed_at::date::varchar"
    assert found(given, columns) == [
        ("back", "2026-10-02", None),
        ("edited", "2026-10-02", "2026-10-16"),
        ("gone", "2026-10-02", None),
    ]


def test_a_rule_of_the_banks_own_is_asked_as_it_is_written(given):
    rule = next(rule for rule in read_rules() if rule.id == "absolute_terms.strong")
    own = rule.model_copy(update={"id": "absolute_terms.own", "patterns": ("江屿宝",), "needs": ()})
    given["settings.review_rules"] = "rule_id"
    given.connection.execute(
        "insert into settings.review_rules (rule_id, whole_text, definition) values (?, false, ?)",
        [own.id, own.model_dump_json(exclude_defaults=True)],
    )
    given["core.post_snapshots"] = f"""
        post_id | account_id | title          | published_on | exported_at
        a       | hq         | 江屿宝今日上线 | 2026-11-01   | 2026-11-02
        b       | hq         | {PROMISE}      | 2026-11-01   | 2026-11-02
        c       | hq         |                | 2026-11-01   | 2026-11-02
    """
    assert found(given, "post_id, rule_id, span_start, span_end, rule_version") == [
        ("a", "absolute_terms.own", 0, 3, own.version)
    ]
