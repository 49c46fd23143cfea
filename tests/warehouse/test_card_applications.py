import pytest

from tests.warehouse.people import ANNA, BEN, CARA

TEN = "2026-10-01 02:00:00"


def applied(given, *lines):
    given["core.attributed_events"] = "\n".join(
        ["event_id | event_type | customer_token | occurred_at | day | account_id", *lines]
    )


def approved(given, *moments, token=ANNA):
    given["staging.bank_events"] = "\n".join(
        ["event_id | event_type | customer_token | occurred_at"]
        + [f"a{n} | card_approved | {token} | {moment}" for n, moment in enumerate(moments)]
    )


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        ("2026-10-01 01:59:59", False),
        ("2026-10-01 02:00:00", True),
        ("2026-10-31 02:00:00", True),
        ("2026-10-31 02:00:01", False),
    ],
)
def test_an_approval_counts_from_the_application_to_the_end_of_the_window(
    given, assert_built, moment, counts
):
    applied(given, f"e1 | card_application | {ANNA} | {TEN} | 2026-10-01 | hq")
    approved(given, moment)
    assert_built(
        "core.card_applications",
        f"""
        event_id | month      | account_id | approved_at
        e1       | 2026-10-01 | hq         | {moment if counts else ""}
        """,
    )


def test_an_approval_belongs_to_the_last_application_before_it(given, assert_built):
    applied(
        given,
        f"e1 | card_application    | {ANNA} | 2026-10-01 02:00:00 | 2026-10-01 | hq",
        f"e2 | card_application    | {ANNA} | 2026-10-05 02:00:00 | 2026-10-05 | pr",
        f"e3 | card_application    | {BEN}  | 2026-10-05 02:00:00 | 2026-10-05 | pr",
        f"e4 | wealth_subscription | {ANNA} | 2026-10-05 03:00:00 | 2026-10-05 | pr",
    )
    approved(given, "2026-10-05 02:00:00", "2026-10-07 02:00:00")
    assert_built(
        "core.card_applications",
        """
        event_id | account_id | approved_at
        e1       | hq         |
        e2       | pr         | 2026-10-05 02:00:00
        e3       | pr         |
        """,
    )


@pytest.fixture
def october(given):
    given["core.place_months"] = """
        month      | level    | platform | account_id
        2026-10-01 | bank     |          | hq
        2026-10-01 | bank     |          | (none)
        2026-10-01 | platform | douyin   | hq
        2026-11-01 | bank     |          | hq
    """
    given["core.card_applications"] = f"""
        event_id | customer_token | account_id | month | occurred_at | approved_at
        e1 | {ANNA} | hq     | 2026-10-01 | 2026-10-01 02:00:00 | 2026-10-02 02:00:00
        e2 | {ANNA} | hq     | 2026-10-01 | 2026-10-09 02:00:00 | 2026-10-09 03:15:00
        e3 | {BEN}  | hq     | 2026-10-01 | 2026-10-01 02:00:00 |
        e4 | {CARA} | (none) | 2026-10-01 | 2026-10-01 02:00:00 | 2026-10-03 02:00:00
    """


def test_customers_are_distinct_and_every_approval_has_its_time(given, assert_built, october):
    assert_built(
        "published.card_approvals",
        """
        level    | applicants | applications | approved | approval_rate | rate_low | median_hours
        bank     | 3          | 4            | 2        | 0.6666666667  | 0.207660 | 24.00
        platform | 2          | 3            | 1        | 0.5           | 0.0945312 | 12.63
        """,
    )


@pytest.mark.parametrize(("as_of", "mature"), [("2026-11-30", "false"), ("2026-12-01", "true")])
def test_a_month_is_mature_when_the_last_applicant_s_window_is_over(
    given, assert_built, october, as_of, mature
):
    given.as_of(as_of)
    assert_built("published.card_approvals", f"mature\n {mature}\n {mature}")
