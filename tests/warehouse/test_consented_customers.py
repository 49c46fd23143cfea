"""Default deny: who may be counted today."""

from tests.warehouse.people import ANNA, BEN, CARA

PURPOSE = "channel_analytics"


def test_the_latest_word_of_a_customer_decides(given, assert_built):
    given["staging.bank_consents"] = f"""
        customer_token | purpose   | action   | separate | occurred_at
        {ANNA}         | {PURPOSE} | grant    | true     | 2026-01-01 00:00:00
        {ANNA}         | {PURPOSE} | withdraw | true     | 2026-02-01 00:00:00
        {BEN}          | {PURPOSE} | withdraw | true     | 2026-01-01 00:00:00
        {BEN}          | {PURPOSE} | grant    | true     | 2026-02-01 00:00:00
    """
    given.build("staging.valid_consents")
    assert_built(
        "staging.consented_customers",
        f"""
        customer_token | occurred_at
        {BEN}          | 2026-02-01 00:00:00
        """,
    )


def test_at_the_same_instant_a_withdrawal_wins(given, assert_built):
    given["staging.bank_consents"] = f"""
        customer_token | purpose   | action   | separate | occurred_at
        {ANNA}         | {PURPOSE} | withdraw | true     | 2026-01-01 00:00:00
        {ANNA}         | {PURPOSE} | grant    | true     | 2026-01-01 00:00:00
    """
    given.build("staging.valid_consents")
    assert_built("staging.consented_customers", "customer_token")


def test_a_grant_that_is_not_separate_is_none(given, assert_built):
    given["staging.bank_consents"] = f"""
        customer_token | purpose   | action | separate | occurred_at
        {ANNA}         | {PURPOSE} | grant  | false    | 2026-01-01 00:00:00
        {BEN}          | {PURPOSE} | grant  |          | 2026-01-01 00:00:00
        {CARA}         | {PURPOSE} | grant  | true     | 2026-01-01 00:00:00
        {CARA}         | {PURPOSE} | grant  | false    | 2026-02-01 00:00:00
    """
    given.build("staging.valid_consents")
    assert_built("staging.consented_customers", "customer_token")


def test_a_grant_for_another_purpose_is_none(given, assert_built):
    given["staging.bank_consents"] = f"""
        customer_token | purpose   | action   | separate | occurred_at
        {ANNA}         | marketing | grant    | true     | 2026-01-01 00:00:00
        {BEN}          | {PURPOSE} | grant    | true     | 2026-01-01 00:00:00
        {BEN}          | marketing | withdraw | true     | 2026-02-01 00:00:00
    """
    given.build("staging.valid_consents")
    assert_built(
        "staging.consented_customers",
        f"""
        customer_token
        {BEN}
        """,
    )


def test_a_grant_holds_through_its_last_day(given, assert_built):
    given.as_of("2026-11-16")
    given["staging.bank_consents"] = f"""
        customer_token | purpose   | action | separate | occurred_at         | valid_until
        {ANNA}         | {PURPOSE} | grant  | true     | 2026-01-01 00:00:00 | 2026-11-16
        {BEN}          | {PURPOSE} | grant  | true     | 2026-01-01 00:00:00 | 2026-11-15
    """
    given.build("staging.valid_consents")
    assert_built(
        "staging.consented_customers",
        f"""
        customer_token
        {ANNA}
        """,
    )


def test_who_never_consented_is_not_counted(given, assert_built):
    given["lake.bank_balances"] = f"""
        customer_token | balance_on
        {ANNA}         | 2026-11-01
    """
    given.build("staging.valid_consents")
    assert_built("staging.consented_customers", "customer_token")
    assert_built("staging.bank_balances", "customer_token")


def test_a_consent_event_counts_from_the_run_after_its_day(given, assert_built):
    given.as_of("2026-11-16")
    given["lake.bank_consents"] = f"""
        customer_token | purpose   | action   | occurred_at
        {ANNA}         | {PURPOSE} | grant    | 2026-11-15 15:59:59
        {ANNA}         | {PURPOSE} | withdraw | 2026-11-15 16:00:00
    """
    assert_built(
        "staging.bank_consents",
        """
        action | occurred_at
        grant  | 2026-11-15 15:59:59
        """,
    )


def test_a_consent_event_delivered_again_is_as_the_latest_delivery_has_it(given, assert_built):
    given["lake.bank_consents"] = f"""
        customer_token | purpose   | action | occurred_at         | separate | exported_at
        {ANNA}         | {PURPOSE} | grant  | 2026-01-01 00:00:00 | true     | 2026-01-02 00:00:00
        {ANNA}         | {PURPOSE} | grant  | 2026-01-01 00:00:00 | false    | 2026-02-02 00:00:00
    """
    assert_built(
        "staging.bank_consents",
        """
        action | separate
        grant  | false
        """,
    )
