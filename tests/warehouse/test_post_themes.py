"""A bank's own label goes before the classifier's, and each keeps its source."""


def test_a_label_of_the_bank_goes_before_its_calendar_and_that_before_the_classifier(
    given, assert_built
):
    given["core.title_labels"] = """
        post_id | account_id | title | theme     | selling_form     | confidence
        own     | hq         | 一    | lifestyle | none             | 0.1
        planned | hq         | 二    | lifestyle | none             | 0.1
        both    | hq         | 三    | lifestyle | none             | 0.1
        made    | hq         | 四    | lifestyle | none             | 0.1
        mute    | hq         |       |           |                  |
        named   | hq         |       |           |                  |
        form    | hq         | 五    | lifestyle | none             | 0.1
        other   | east       | 二    | lifestyle | none             | 0.1
    """
    given["core.post_snapshots"] = """
        post_id | account_id | title | exported_at
        own     | hq         | 一    | 2026-11-02
        planned | hq         | 旧题  | 2026-11-02
        planned | hq         | 二    | 2026-11-09
        both    | hq         | 三    | 2026-11-02
        made    | hq         | 四    | 2026-11-02
        form    | hq         | 五    | 2026-11-02
        other   | east       | 二    | 2026-11-02
    """
    given["staging.bank_post_labels"] = """
        post_id | theme     | selling_form     | exported_at
        own     | knowledge |                  | 2026-11-10
        both    | ip        | activity_benefit | 2026-11-10
        named   | welfare   |                  | 2026-11-10
        form    |           | live_commerce    | 2026-11-10
    """
    given["staging.bank_content_calendar"] = """
        account_id | title | theme     | selling_form | exported_at
        hq         | 旧题  | hot_event |              | 2026-11-01
        hq         | 三    | hot_event |              | 2026-11-12
    """
    assert_built(
        "core.post_themes",
        """
        post_id | theme     | theme_source | selling_form     | form_source | confidence
        own     | knowledge | bank         | none             | rule        |
        planned | hot_event | bank         | none             | rule        |
        both    | ip        | bank         | activity_benefit | bank        |
        made    | lifestyle | rule         | none             | rule        | 0.1
        mute    |           |              |                  |             |
        named   | welfare   | bank         |                  |             |
        form    | lifestyle | rule         | live_commerce    | bank        | 0.1
        other   | lifestyle | rule         | none             | rule        | 0.1
        """,
    )
