"""Findings by week and level, the list of posts, and who does it again."""

import pytest


@pytest.fixture
def bank(given):
    given["core.account_levels"] = """
        account_id | day        | level   | tier        | unit_id | platform    | path_account_id
        hq         | 2026-11-03 | bank    |             |         |             |
        hq         | 2026-11-03 | tier    | head_office |         |             |
        hq         | 2026-11-03 | account | head_office | hq      | xiaohongshu | hq
        east       | 2026-11-03 | bank    |             |         |             |
        east       | 2026-11-03 | tier    | branch      |         |             |
    """
    given["core.account_days"] = """
        account_id | day        | account_name | tier        | unit_id | unit_name | platform
        hq         | 2026-11-16 | 品牌号       | head_office | hq      | 品牌部    | xiaohongshu
    """
    given["settings.review_rules"] = """
        rule_id | category | category_zh | reason_zh | suggestion_zh
        e.hurry | e        | 夸大        | 催人      | 写期限
        a.best  | a        | 绝对化      | 最好      | 写依据
    """
    given["core.post_snapshots"] = """
        post_id | account_id | title | published_on | exported_at
        a       | hq         | 一    | 2026-11-03   | 2026-11-04
        a       | hq         | 一改  | 2026-11-03   | 2026-11-09
        b       | hq         | 二    | 2026-11-03   | 2026-11-04
        c       | east       | 三    | 2026-11-03   | 2026-11-04
        d       | east       |       | 2026-11-03   | 2026-11-04
    """
    given["core.post_findings"] = """
        post_id | account_id | title | published_on | rule_id | category | span_start | found_at
        a       | hq         | 一    | 2026-11-03   | e.hurry | e        | 4          | 2026-11-04
        a       | hq         | 一    | 2026-11-03   | e.hurry | e        | 0          | 2026-11-04
        a       | hq         | 一    | 2026-11-03   | a.best  | a        | 0          | 2026-11-04
        c       | east       | 三    | 2026-11-03   | a.best  | a        | 0          | 2026-11-04
    """
    given.connection.execute("""
        update core.post_findings set
            matched = case span_start when 0 then '手慢无' else '抢' end,
            title_last_seen_at = found_at,
            fixed_at = case category when 'e' then timestamp '2026-11-09' end
    """)


def test_posts_with_findings_count_at_every_level_once(given, assert_built, bank):
    given.build("published.compliance_findings")
    columns = "coalesce(account_id, tier), category, rule_id"
    numbers = "posts_reviewed, posts_found, findings, posts_fixed, median_days_to_fix"
    found = given.connection.execute(f"""
        select {columns}, {numbers} from published.compliance_findings
        where week = '2026-W45' order by tier nulls first, account_id nulls first, category, rule_id
    """).fetchall()
    assert [row for row in found if row[0] is None] == [
        (None, "a", "a.best", 3, 2, 2, 0, None),
        (None, "a", None, 3, 2, 2, 0, None),
        (None, "e", "e.hurry", 3, 1, 2, 1, 5.0),
        (None, "e", None, 3, 1, 2, 1, 5.0),
        (None, None, None, 3, 2, 4, 0, None),
    ]
    assert [row for row in found if row[0] == "branch"] == [
        ("branch", "a", "a.best", 1, 1, 1, 0, None),
        ("branch", "a", None, 1, 1, 1, 0, None),
        ("branch", None, None, 1, 1, 1, 0, None),
    ]
    head_office, account = (
        [row[1:] for row in found if row[0] == name] for name in ("head_office", "hq")
    )
    assert head_office == account
    assert account[-1] == (None, None, 2, 1, 3, 0, None)
    assert len(found) == 18


def test_a_week_without_findings_has_a_row_that_says_so(given, assert_built, bank):
    given["core.post_findings"] = "post_id"
    assert_built(
        "published.compliance_findings",
        """
        level   | tier        | category | posts_reviewed | posts_found | found_share | findings
        bank    |             |          | 3              | 0           | 0           | 0
        tier    | head_office |          | 2              | 0           | 0           | 0
        account | head_office |          | 2              | 0           | 0           | 0
        tier    | branch      |          | 1              | 0           | 0           | 0
        """,
    )


def test_a_post_is_listed_once_a_rule_with_the_first_place_it_is_found_in(
    given, assert_built, bank
):
    assert_built(
        "published.compliance_posts",
        """
        post_id | account_name | tier        | rule_id | category_zh | matched | places | reason
        a       | 品牌号       | head_office | e.hurry | 夸大        | 手慢无  | 2      | 催人
        a       | 品牌号       | head_office | a.best  | 绝对化      | 手慢无  | 1      | 最好
        c       |              |             | a.best  | 绝对化      | 手慢无  | 1      | 最好
        """,
    )
    assert_built(
        "published.compliance_posts",
        """
        post_id | title | rule_id | suggestion | found_on   | fixed_on   | days_to_fix | days_open
        a       | 一    | e.hurry | 写期限     | 2026-11-04 | 2026-11-09 | 5           |
        a       | 一    | a.best  | 写依据     | 2026-11-04 |            |             | 12
        c       | 三    | a.best  | 写依据     | 2026-11-04 |            |             | 12
        """,
    )


def test_who_has_the_same_finding_in_several_weeks_is_named(given, assert_built, bank):
    given["core.post_findings"] = """
        post_id | account_id | published_on | rule_id | category | fixed_at
        a       | hq         | 2026-10-20   | r       | a        | 2026-10-30
        b       | hq         | 2026-10-27   | r       | a        |
        b       | hq         | 2026-10-27   | s       | a        | 2026-10-30
        c       | hq         | 2026-11-03   | r       | a        |
        d       | hq         | 2026-11-04   | r       | a        |
        e       | hq         | 2026-11-03   | r       | e        |
        f       | hq         | 2026-11-16   | r       | e        |
        g       | hq         | 2026-08-03   | r       | e        |
        h       | hq         | 2026-11-09   | r       | e        |
    """
    drawing = """
        account_name | category_zh | weeks_found | posts_found | posts_open | first_week | last_week
        品牌号       | 绝对化      | 3           | 4           | 3          | 2026-W43   | 2026-W45
    """
    assert_built("published.compliance_repeats", drawing)
    given.parameters(repeat_finding_least=2)
    more = "品牌号 | 夸大 | 2 | 2 | 2 | 2026-W45 | 2026-W46"
    assert_built("published.compliance_repeats", f"{drawing}\n{more}")
