"""From assignments to the read-out of an experiment."""

import pytest

from tests.warehouse.people import ANNA, BEN, CARA, DORA

PLANS = "experiment_id | variant | is_control | planned_share | metric_event | window_days"


def plan(given, ends_on="2026-09-30", look_rule="fixed", window_days=14):
    given["staging.bank_experiments"] = f"""
        {PLANS}       | starts_on  | ends_on   | look_rule
        e | old | true  | 0.5 | login | {window_days} | 2026-09-07 | {ends_on} | {look_rule}
        e | new | false | 0.5 | login | {window_days} | 2026-09-07 | {ends_on} | {look_rule}
    """


def test_the_control_s_row_says_what_the_experiment_is(given, assert_built):
    given["staging.bank_experiments"] = f"""
        {PLANS} | starts_on | ends_on | look_rule
        a | x | false | 0.5 | login      | 7 | 2026-09-08 | 2026-11-07 | sequential
        a | y | true  | 0.5 | registered | 7 | 2026-09-07 | 2026-11-08 | fixed
        b | x | true  | 0.5 | login      |   | 2026-09-07 |            | fixed
        b | y | true  | 0.5 | login      |   | 2026-09-07 |            | fixed
        c | x | false | 0.5 | login      | 6 | 2026-09-07 | 2026-11-09 | fixed
    """
    assert_built(
        "core.experiments",
        """
        experiment_id | control | metric_event | window_days | starts_on  | look_rule | is_mature
        a             | y       | registered   | 7           | 2026-09-07 | fixed     | true
        b             |         | login        | 30          | 2026-09-07 | fixed     | false
        c             |         | login        | 6           | 2026-09-07 | fixed     | true
        """,
    )


def test_persons_count_by_what_they_were_given_first_within_the_days_of_the_experiment(
    given, assert_built
):
    plan(given)
    given["staging.bank_assignments"] = f"""
        experiment_id | customer_token | variant | assigned_at
        e             | {ANNA}         | new     | 2026-09-06 15:59:59
        e             | {ANNA}         | new     | 2026-09-06 16:00:00
        e             | {ANNA}         | new     | 2026-09-20 00:00:00
        e             | {BEN}          | new     | 2026-09-10 00:00:00
        e             | {BEN}          | old     | 2026-09-11 00:00:00
        e             | {CARA}         | old     | 2026-09-30 16:00:00
        e             | {DORA}         | old     | 2026-09-30 15:59:59
        other         | {DORA}         | old     | 2026-09-30 15:59:59
    """
    given.build("core.experiments")
    assert_built(
        "core.experiment_persons",
        f"""
        customer_token | variant   | assigned_at         | is_observed | has_converted
        {ANNA}         | new       | 2026-09-06 16:00:00 | true        | false
        {BEN}          | (several) | 2026-09-10 00:00:00 | true        | false
        {DORA}         | old       | 2026-09-30 15:59:59 | true        | false
        """,
    )


def test_the_event_counts_from_the_assignment_to_the_end_of_the_window(given, assert_built):
    plan(given, ends_on="2026-11-15")
    given["staging.bank_assignments"] = f"""
        experiment_id | customer_token | variant | assigned_at
        e             | {ANNA}         | new     | 2026-11-01 16:00:00
        e             | {BEN}          | new     | 2026-11-01 16:00:00
        e             | {CARA}         | new     | 2026-11-01 16:00:01
        e             | {DORA}         | new     | 2026-11-01 16:00:00
    """
    given["staging.bank_events"] = f"""
        customer_token | event_type | occurred_at         | cooling_off
        {ANNA}         | login      | 2026-11-01 16:00:00 |
        {ANNA}         | login      | 2026-11-03 16:00:00 |
        {BEN}          | login      | 2026-11-15 16:00:01 |
        {BEN}          | registered | 2026-11-02 16:00:00 |
        {CARA}         | login      | 2026-11-15 16:00:01 |
        {DORA}         | login      | 2026-11-02 16:00:00 | withdrawn
    """
    given.build("core.experiments")
    assert_built(
        "core.experiment_persons",
        f"""
        customer_token | is_observed | has_converted
        {ANNA}         | true        | true
        {BEN}          | true        | false
        {CARA}         | false       | true
        {DORA}         | true        | false
        """,
    )


def test_counts_are_of_persons_whose_window_is_over_and_of_unplanned_variants_too(
    given, assert_built
):
    plan(given)
    given["core.experiment_persons"] = f"""
        experiment_id | customer_token | variant   | is_observed | has_converted
        e             | {ANNA}         | new       | true        | true
        e             | {BEN}          | new       | false       | true
        e             | {CARA}         | (several) | true        | true
        e             | {DORA}         | newer     | true        | false
    """
    assert_built(
        "published.experiment_counts",
        """
        experiment_id | variant   | planned_share | assigned | observed | converted
        e             | (several) |               | 1        | 1        | 1
        e             | new       | 0.5           | 2        | 1        | 1
        e             | newer     |               | 1        | 1        | 0
        e             | old       | 0.5           | 0        | 0        | 0
        """,
    )


@pytest.fixture
def counts(given):
    def count(rows):
        given["published.experiment_counts"] = (
            "experiment_id | variant | planned_share | assigned | observed | converted\n" + rows
        )
        given.build("core.experiments")

    return count


SAID = (
    "variant | is_control | rate | rate_low | difference | difference_low | difference_high"
    " | sequential_low | detectable | ratio_p | why_not"
)


def test_a_mature_experiment_of_one_look_has_newcombe_s_interval(given, assert_built, counts):
    plan(given)
    counts("e | old | 0.5 | 200 | 200 | 80\n e | new | 0.5 | 200 | 200 | 120")
    assert_built(
        "published.experiments",
        f"""
        {SAID}
        new | false | 0.6 | 0.530837 | 0.2 | 0.102188 | 0.292481 | | 0.137249 | 1 |
        old | true  | 0.4 | 0.334606 |     |          |          | |          | 1 |
        """,
    )


def test_an_experiment_of_one_look_says_nothing_before_its_end(given, assert_built, counts):
    plan(given, ends_on="2026-11-02")
    counts("e | old | 0.5 | 200 | 200 | 80\n e | new | 0.5 | 200 | 200 | 120")
    wanted = f"""
        {SAID}
        new | false | 0.6 | 0.530837 | | | | | 0.137249 | 1 | immature
        old | true  | 0.4 | 0.334606 | | | | |          | 1 |
    """
    assert_built("published.experiments", wanted)


def test_a_sequential_experiment_may_be_read_on_any_day(given, assert_built, counts):
    plan(given, ends_on="", look_rule="sequential")
    given.parameters(experiment_effect_sd=0.05)
    counts("e | old | 0.5 | 210 | 200 | 80\n e | new | 0.5 | 205 | 200 | 120")
    assert_built(
        "published.experiments",
        """
        variant | difference | difference_low | sequential_low | sequential_high | why_not
        new     | 0.2        |                | 0.022401       | 0.377599        |
        old     |            |                |                |                 |
        """,
    )


@pytest.mark.parametrize(
    ("rows", "why_not"),
    [
        ("e|old|0.5|5000|5000|80\n e|new|0.5|5500|5500|120", "ratio_mismatch"),
        ("e|old|0.5|200|200|\n e|new|0.5|200|200|120", "too_few"),
        ("e|old|0.5|0|0|0\n e|new|0.5|0|0|0", "nobody_observed"),
        ("e|new|0.5|200|200|120", "no_control"),
        ("e|old|0.5|200|200|80\n e|new||200|200|120", "not_planned"),
    ],
)
def test_why_there_is_no_difference_to_read(given, assert_built, counts, rows, why_not):
    plan(given)
    counts(rows)
    given.build("published.experiments")
    found = given.connection.execute(
        "select difference, difference_low, why_not from published.experiments where variant ="
        " 'new'"
    ).fetchall()
    assert found == [(None, None, why_not)]


def test_who_was_given_several_variants_is_compared_with_nobody(given, counts):
    plan(given)
    counts("e|old|0.5|200|200|80\n e|new|0.5|200|200|120\n e|(several)||30|30|12")
    given.build("published.experiments")
    found = given.connection.execute(
        "select variant, rate, difference, detectable, ratio_p, why_not from published.experiments"
        " where variant = '(several)'"
    ).fetchall()
    assert found == [("(several)", 0.4, None, None, 1.0, "several_variants")]


def test_without_experiments_there_is_nothing_to_read(assert_built):
    assert_built("published.experiments", "variant")
