"""Hours and days of posting, each post against the average of its own account."""

import pytest


@pytest.fixture
def posted(given):
    """Draw posts of accounts as moment and reads, all exported on the run's day."""

    def draw(**accounts):
        lines = [
            f"{name} | xiaohongshu | {moment[:10]} | {moment} | {reads} | 2026-11-16 08:00:00"
            for name, posts in accounts.items()
            for moment, reads in posts
        ]
        names = "account_id | platform | published_on | posted_at | reads | exported_at"
        given["published.content_posts"] = names + "\n" + "\n".join(lines)

    return draw


MONDAY, TUESDAY = "2026-10-05", "2026-10-06"


def test_an_effect_is_the_share_above_the_geometric_mean_of_the_account(posted, given):
    """Reads + 1 of 100 and 400: the mean is 200; of ten times as many, 2000: the same effect."""
    posted(
        hq=[(f"{MONDAY} 09:30:00", 99)] * 3 + [(f"{TUESDAY} 20:59:59", 399)] * 3,
        east=[(f"{MONDAY} 11:59:00", 999)] * 3 + [(f"{TUESDAY} 18:00:00", 3999)] * 3,
    )
    assert cells(given, "bank") == {
        (1, None): (6, -0.5, -0.5, -0.5, False),
        (2, None): (6, 1.0, 1.0, 1.0, False),
        (None, 9): (6, -0.5, -0.5, -0.5, False),
        (None, 18): (6, 1.0, 1.0, 1.0, False),
        (1, 9): (6, -0.5, -0.5, -0.5, False),
        (2, 18): (6, 1.0, 1.0, 1.0, False),
    }
    assert cells(given, "account")[1, 9] == (3, -0.5, None, None, True)
    assert cells(given, "platform") == cells(given, "bank")


def test_the_interval_is_students(posted, given):
    """Effects ln 2, ln 2, 0, -ln 2, -ln 2: a deviation of ln 2, times t(4) = 2.776 over root 5."""
    reads = [399, 399, 199, 99, 99]
    posted(hq=[(f"{MONDAY} 09:30:00", each) for each in reads])
    n, effect, low, high, small = cells(given, "bank")[1, 9]
    assert (n, small) == (5, False)
    assert effect == pytest.approx(0, abs=1e-9)
    assert high == pytest.approx(2 ** (2.7764451 / 5**0.5) - 1, rel=1e-3)
    assert low == pytest.approx(2 ** (-2.7764451 / 5**0.5) - 1, rel=1e-3)


def test_young_posts_unknown_hours_and_accounts_of_few_posts_are_left_out(posted, given):
    posted(
        hq=[("2026-11-03 09:30:00", 5)] * 5,
        east=[(f"{MONDAY} 09:30:00", 5)] * 4,
        west=[(f"{MONDAY} 09:30:00", "")] * 5,
        south=[("2026-11-02 00:00:00", 5)] * 5,
    )
    given.connection.execute(
        "insert into published.content_posts by name"
        f" select 'north' as account_id, date '{MONDAY}' as published_on, 5 as reads,"
        " timestamp '2026-11-16' as exported_at from range(5)"
    )
    assert cells(given, "account", "account_id, weekday, hour_from").keys() == {
        ("south", 1, None),
        ("south", None, 0),
        ("south", 1, 0),
    }


def cells(given, level, key="weekday, hour_from"):
    given.build("published.posting_times")
    rows = given.connection.execute(
        f"select {key}, posts, round(effect, 9), round(effect_low, 6), round(effect_high, 6), small"
        " from published.posting_times where level = ?",
        [level],
    ).fetchall()
    return {row[:-5]: row[-5:] for row in rows}
