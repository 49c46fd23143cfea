from tests.warehouse.people import ANNA, BEN, CARA


def test_coverage_is_the_share_of_known_customers_who_consented(given, assert_built):
    given["staging.known_customers"] = f"customer_token\n {ANNA}\n {BEN}"
    given["staging.consented_customers"] = f"customer_token\n {ANNA}\n {CARA}"
    assert_built(
        "published.consent_coverage",
        """
        customers | consented | coverage
        2         | 1         | 0.5
        """,
    )


def test_without_customers_there_is_no_coverage(assert_built):
    assert_built(
        "published.consent_coverage",
        """
        customers | consented | coverage
        0         | 0         |
        """,
    )
