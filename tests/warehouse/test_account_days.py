import pytest


@pytest.fixture
def built(given, assert_built):
    """Build the accounts' days and keep those around a few dates."""

    def check(days, drawing):
        given.connection.execute(
            "delete from settings.calendar where day not in (select unnest(?::date[]))", [days]
        )
        assert_built("core.account_days", drawing)

    return check


def test_an_account_stands_where_the_register_puts_it_on_each_day(given, built):
    given["staging.bank_accounts"] = """
        account_id | account_name | platform | tier        | unit_id | valid_from | valid_to
        wealth     | Wealth       | weibo    | head_office | hq      | 2026-01-01 | 2026-09-13
        wealth     | Wealth       | weibo    | line        | wealth  | 2026-09-14 |
    """
    built(
        ["2026-09-13", "2026-09-14"],
        """
        account_id | day        | tier         | unit_id
        wealth     | 2026-09-13 | head_office  | hq
        wealth     | 2026-09-14 | line         | wealth
        (none)     | 2026-09-13 | unattributed |
        (none)     | 2026-09-14 | unattributed |
        """,
    )


def test_an_account_is_unregistered_before_and_after_its_time(given, built):
    given["staging.bank_accounts"] = """
        account_id | account_name | tier   | valid_from | valid_to
        east       | East         | branch | 2026-11-02 | 2026-11-03
    """
    built(
        ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"],
        """
        account_id | day        | account_name | tier
        (none)     | 2026-11-01 |              | unattributed
        (none)     | 2026-11-02 |              | unattributed
        (none)     | 2026-11-03 |              | unattributed
        (none)     | 2026-11-04 |              | unattributed
        east       | 2026-11-01 | east         | unregistered
        east       | 2026-11-02 | East         | branch
        east       | 2026-11-03 | East         | branch
        east       | 2026-11-04 | east         | unregistered
        """,
    )


def test_an_account_that_only_delivers_files_is_unregistered(given, built):
    given["staging.deliveries"] = """
        delivery_id | dataset                         | account_id
        d1          | wechat_official_followers_daily | stranger
        d2          | wechat_channels_videos          | newcomer
        d3          | xiaohongshu_notes               | red
        d4          | bank_events                     |
    """
    built(
        ["2026-11-02"],
        """
        account_id | tier         | platform        | unit_id
        (none)     | unattributed |                 |
        newcomer   | unregistered | wechat_channels | unregistered
        red        | unregistered | xiaohongshu     | unregistered
        stranger   | unregistered | wechat_official | unregistered
        """,
    )


def test_an_account_that_only_links_name_is_unregistered(given, built):
    given["staging.bank_links"] = """
        source_code | account_id
        s1          | forgotten
    """
    built(
        ["2026-11-02"],
        """
        account_id | account_name | tier
        (none)     |              | unattributed
        forgotten  | forgotten    | unregistered
        """,
    )
