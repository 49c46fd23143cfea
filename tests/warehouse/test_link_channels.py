def test_a_code_is_on_the_channels_of_its_account_entry_and_post(given, assert_built):
    given["core.link_days"] = """
        day        | source_code | account_id | post | entry
        2026-11-02 | s1          | hq         | 利率 | post
        2026-11-03 | s1          | hq         | 利率 | post
        2026-11-03 | s2          | hq         |      | menu
        2026-11-03 | s3          | lost       | 开户 | post
    """
    given["core.account_days"] = """
        account_id | day        | platform    | tier
        hq         | 2026-11-02 | xiaohongshu | line
        hq         | 2026-11-03 | xiaohongshu | head_office
        lost       | 2026-11-03 |             | unregistered
    """
    given["core.post_snapshots"] = """
        post_id | account_id | link_post | form       | exported_at
        n1      | hq         | 旧题      | video      | 2026-11-01 08:00:00
        n1      | hq         | 利率      | image_text | 2026-11-02 08:00:00
    """
    given["core.post_themes"] = "post_id | theme\n n1 | knowledge"
    assert_built(
        "core.link_channels",
        """
        day        | source_code | account | platform    | tier         | entry | theme
        2026-11-02 | s1          | hq      | xiaohongshu | line         | post  | knowledge
        2026-11-03 | s1          | hq      | xiaohongshu | head_office  | post  | knowledge
        2026-11-03 | s2          | hq      | xiaohongshu | head_office  | menu  | (no post)
        2026-11-03 | s3          | lost    | (unknown)   | unregistered | post  | (unknown)
        """,
    )
    assert_built(
        "core.link_channels",
        """
        day        | source_code | form
        2026-11-02 | s1          | image_text
        2026-11-03 | s1          | image_text
        2026-11-03 | s2          | (no post)
        2026-11-03 | s3          | (unknown)
        """,
    )


def test_a_name_that_two_posts_share_tells_no_form_and_no_theme(given, assert_built):
    given["core.link_days"] = """
        day        | source_code | account_id | post | entry
        2026-11-03 | s1          | hq         | 利率 | post
    """
    given["core.account_days"] = "account_id | day\n hq | 2026-11-03"
    given["core.post_snapshots"] = """
        post_id | account_id | link_post | form  | exported_at
        n1      | hq         | 利率      | video | 2026-11-01 08:00:00
        n2      | hq         | 利率      | video | 2026-11-01 08:00:00
    """
    assert_built("core.link_channels", "source_code | form | theme\n s1 | (unknown) | (unknown)")
