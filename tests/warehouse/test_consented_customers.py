"""Default deny: who may be counted today."""

from tests.warehouse.people import ANNA, BEN, CARA, DORA, EMIL

PURPOSE = "channel_analytics"
FAY = "00000000-0000-0000-0000-000000000006"


def test_the_latest_word_of_a_customer_decides(given, assert_built):
    given["staging.bank_consents"] = f"""
        customer_token | purpose   | action   | separate | occurred_at
        {ANNA}         | {PURPOSE} | grant    | true     | 2026-01-01 00:00:00
        {ANNA}         | {PURPOSE} | withdraw | true     | 2026-02-01 00:00:00
        {BEN}          | {PURPOSE} | withdraw | true     | 2026-01-01 00:00:00
        {BEN}          | {PURPOSE} | grant    | true     | 2026-02-01 00:00:00
    """
    given.build("staging.consent_standings")
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
    given.build("staging.consent_standings")
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
    given.build("staging.consent_standings")
    given.build("staging.valid_consents")
    assert_built("staging.consented_customers", "customer_token")


def test_a_grant_for_another_purpose_is_none(given, assert_built):
    given["staging.bank_consents"] = f"""
        customer_token | purpose   | action   | separate | occurred_at
        {ANNA}         | marketing | grant    | true     | 2026-01-01 00:00:00
        {BEN}          | {PURPOSE} | grant    | true     | 2026-01-01 00:00:00
        {BEN}          | marketing | withdraw | true     | 2026-02-01 00:00:00
    """
    given.build("staging.consent_standings")
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
    given.build("staging.consent_standings")
    given.build("staging.valid_consents")
    assert_built(
        "staging.consented_customers",
        f"""
        customer_token
        {ANNA}
        """,
    )


def test_a_grant_under_a_notice_that_no_longer_covers_the_purpose_is_none(given, assert_built):
    given["settings.purposes"] = f"""
        purpose   | consent  | notice_1 | notice_2
        {PURPOSE} | separate | 2026     | 2
    """
    given["staging.bank_consents"] = f"""
        customer_token | purpose   | action | separate | occurred_at         | notice_version
        {ANNA}         | {PURPOSE} | grant  | true     | 2026-01-01 00:00:00 | 2026.1
        {BEN}          | {PURPOSE} | grant  | true     | 2026-01-01 00:00:00 | 2026-02
        {CARA}         | {PURPOSE} | grant  | true     | 2026-01-01 00:00:00 | v2026.10
        {DORA}         | {PURPOSE} | grant  | true     | 2026-01-01 00:00:00 | 2025.12
        {EMIL}         | {PURPOSE} | grant  | true     | 2026-01-01 00:00:00 | first
        {FAY}          | {PURPOSE} | grant  | true     | 2026-01-01 00:00:00 | 20270101123456789012
    """
    given.build("staging.consent_standings")
    given.build("staging.valid_consents")
    assert_built(
        "staging.consented_customers",
        f"""
        customer_token
        {BEN}
        {CARA}
        {FAY}
        """,
    )


def test_an_old_notice_counts_until_the_catalogue_says_otherwise(given, assert_built):
    given["staging.bank_consents"] = f"""
        customer_token | purpose   | action | separate | occurred_at         | notice_version
        {ANNA}         | {PURPOSE} | grant  | true     | 2026-01-01 00:00:00 | 2019.1
    """
    given.build("staging.consent_standings")
    given.build("staging.valid_consents")
    assert_built("staging.consented_customers", f"customer_token\n{ANNA}")


def test_a_bundle_will_do_where_the_catalogue_says_so_and_nowhere_else(given, assert_built):
    given["settings.purposes"] = f"""
        purpose   | consent
        {PURPOSE} | separate
        service   | given
    """
    given["staging.bank_consents"] = f"""
        customer_token | purpose   | action | separate | occurred_at
        {ANNA}         | {PURPOSE} | grant  | false    | 2026-01-01 00:00:00
        {BEN}          | service   | grant  | false    | 2026-01-01 00:00:00
        {CARA}         | undeclared | grant | false    | 2026-01-01 00:00:00
    """
    given.build("staging.consent_standings")
    assert_built("staging.valid_consents", f"purpose | customer_token\nservice | {BEN}")


def test_who_refused_to_be_addressed_is_in_no_list(given, assert_built):
    given["settings.purposes"] = """
        purpose         | consent
        outreach        | separate
        personalisation | opt_out
    """
    given["staging.bank_consents"] = f"""
        customer_token | purpose         | action   | separate | occurred_at
        {ANNA}         | outreach        | grant    | true     | 2026-01-01 00:00:00
        {BEN}          | outreach        | grant    | true     | 2026-01-01 00:00:00
        {BEN}          | personalisation | withdraw | false    | 2026-01-02 00:00:00
        {CARA}         | outreach        | grant    | true     | 2026-01-01 00:00:00
        {CARA}         | personalisation | withdraw | false    | 2026-01-02 00:00:00
        {CARA}         | personalisation | grant    | false    | 2026-01-03 00:00:00
        {DORA}         | outreach        | grant    | true     | 2026-01-01 00:00:00
        {DORA}         | personalisation | grant    | false    | 2026-01-02 00:00:00
        {DORA}         | personalisation | withdraw | false    | 2026-01-02 00:00:00
        {EMIL}         | personalisation | grant    | false    | 2026-01-02 00:00:00
    """
    given.build("staging.consent_standings")
    given.build("staging.valid_consents")
    assert_built(
        "staging.reachable_customers",
        f"""
        purpose  | customer_token
        outreach | {ANNA}
        outreach | {CARA}
        """,
    )


def test_who_never_consented_is_not_counted(given, assert_built):
    given["lake.bank_balances"] = f"""
        customer_token | balance_on
        {ANNA}         | 2026-11-01
    """
    given.build("staging.consent_standings")
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
