def test_a_month_counts_once_it_is_over_and_its_balances_are_there(given, assert_built):
    given.as_of("2026-11-01")
    given["core.month_aum"] = "month\n2026-08-01\n2026-10-01\n2026-10-01\n2026-11-01"
    assert_built("core.balanced_months", "month\n2026-08-01\n2026-10-01")
    given.as_of("2026-10-31")
    assert_built("core.balanced_months", "month\n2026-08-01")
