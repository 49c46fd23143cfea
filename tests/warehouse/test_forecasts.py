"""Of which past a level's followers are foretold."""

import datetime as dt

MONDAY = dt.date(2026, 8, 31)


def foretold(given, reporting):
    """Draw weeks of the bank with three accounts, of which so many report followers."""
    rows = ["week_starts | level | followers | accounts_reporting | accounts"]
    for n, accounts in enumerate(reporting):
        week = MONDAY + dt.timedelta(days=7 * n)
        rows.append(f"{week} | bank | {1000 * accounts + 10 * n} | {accounts} | 3")
    given["published.follower_weeks"] = "\n".join(rows)
    given.build("published.forecasts")
    return given.connection.execute("""
        select starts_on, round(value), method, round(error) from published.forecasts
        where metric = 'followers' order by starts_on
    """).fetchall()


def test_a_level_is_foretold_though_an_account_of_it_has_no_followers(given):
    first, *others = foretold(given, [2] * 10)
    assert first == (dt.date(2026, 11, 9), 2100, "drift", 0)
    assert len(others) == 7


def test_a_week_in_which_fewer_accounts_reported_is_not_of_the_series(given):
    assert foretold(given, [1] + [2] * 10)[0][1:] == (2110, "drift", 0)
    assert foretold(given, [2] * 5 + [1] + [2] * 5) == []
