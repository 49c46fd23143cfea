"""Every published rate is its number over its base, and has the Wilson interval of both."""

from statistics import NormalDist

import pytest

Z = NormalDist().inv_cdf(0.975)
SMALL = 10

# table, rate, number, base, and the interval's columns
PROPORTIONS = [
    ("asset_stays", "kept_rate", "kept", "compared", "rate"),
    ("card_approvals", "approval_rate", "approved", "applicants", "rate"),
    ("card_clicks", "applicant_rate", "applicants", "clickers", "rate"),
    ("compliance_findings", "found_share", "posts_found", "posts_reviewed", "rate"),
    ("compliance_reviews", "rejection_rate", "rejected", "decided", "rate"),
    ("compliance_reviews", "miss_rate", "missed", "rechecked", None),
    ("consent_coverage", "coverage", "consented", "customers", None),
    ("conversions", "conversion_rate", "converted", "n", "rate"),
    ("experiments", "rate", "converted", "observed", "rate"),
    ("homogeneity", "duplicate_rate", "near_duplicates", "posts", "rate"),
    ("mau_to_aum", "reached_rate", "reached", "newly_active", "rate"),
    ("merchant_signals", "down_share", "down", "comparable", None),
    ("opinion", "negative_share", "negative", "comments", None),
    ("product_penetration", "penetration", "holders", "customers", "rate"),
    ("repeat_subscriptions", "repeat_rate", "repeaters", "subscribers", "rate"),
    ("retention", "bounded_rate", "active", "cohort_size", "bounded"),
    ("retention", "unbounded_rate", "active_since", "cohort_size", "unbounded"),
    ("rolling_active", "stickiness", "dau", "mau", None),
    ("subscriptions", "subscribed_rate", "subscribed_clickers", "clickers", "rate"),
]

# table, quotient, number, base, of how many
QUOTIENTS = [
    ("acquisition_costs", "cac_yuan", "spend_yuan", "new_customers", 1),
    ("acquisition_costs", "yuan_per_arrival", "spend_yuan", "arrivals", 1),
    ("acquisition_costs", "yuan_per_10k_aum", "spend_yuan", "aum_yuan", 10_000),
    ("asset_changes", "change_per_customer", "change_yuan", "compared", 1),
    ("assets", "aum_per_customer", "aum_yuan", "customers", 1),
    ("assets", "point_aum_per_customer", "point_aum_yuan", "point_customers", 1),
    ("assets", "aum_per_mau", "mau_aum_yuan", "mau", 1),
    ("assets", "aum_per_attributed_mau", "attributed_aum_yuan", "attributed_mau", 1),
    ("campaign_returns", "cac_yuan", "spend_yuan", "new_customers", 1),
    ("campaign_returns", "yuan_per_arrival", "spend_yuan", "arrivals", 1),
    ("campaign_returns", "yuan_per_10k_aum", "spend_yuan", "aum_yuan", 10_000),
    ("card_clicks", "clicks_per_1000_reads", "clicks", "reads", 1000),
    ("monthly_active", "aum_per_mau", "aum_yuan", "mau", 1),
    ("wealth_tiers", "aum_per_customer", "aum_yuan", "customers", 1),
]


def wilson(number, base):
    """Wilson 1927, as Brown, Cai and DasGupta 2001 write it."""
    share = number / base
    middle = (number + Z * Z / 2) / (base + Z * Z)
    half = Z * base**0.5 / (base + Z * Z) * (share * (1 - share) + Z * Z / (4 * base)) ** 0.5
    return middle - half, middle + half


@pytest.mark.parametrize(
    ("table", "rate", "number", "base", "interval"), PROPORTIONS, ids=lambda value: str(value)
)
def test_a_rate_is_its_number_over_its_base(published, table, rate, number, base, interval):
    rows = published(table)
    told = [row for row in rows if row[rate] is not None]
    assert told
    for row in told:
        assert row[rate] == pytest.approx(row[number] / row[base], abs=1e-12)
        assert 0 <= row[rate] <= 1
        if interval:
            found = row[f"{interval}_low"], row[f"{interval}_high"]
            assert found == pytest.approx(wilson(row[number], row[base]), abs=1e-9)
    for row in rows:
        if row[rate] is None and interval:
            assert row[f"{interval}_low"] is None and row[f"{interval}_high"] is None
        if row[rate] is None and row[number] is not None:
            assert row[base] is None or row[base] < SMALL or row.get("mature") is False, row


@pytest.mark.parametrize(
    ("table", "quotient", "number", "base", "each"), QUOTIENTS, ids=lambda value: str(value)
)
def test_a_quotient_is_its_number_over_its_base(published, table, quotient, number, base, each):
    told = [row for row in published(table) if row[quotient] is not None]
    assert told
    for row in told:
        want = float(row[number]) * each / float(row[base])
        assert float(row[quotient]) == pytest.approx(want, rel=1e-9, abs=0.0051)


def test_followers_are_held_to_the_customers_of_accounts_alone(published):
    """METRICS.md: attributed MAU / followers, attributed new customers per 1,000 followers won."""
    rows = published("monthly_active")
    nobody = {row["month"]: row for row in rows if row["path"] == ("unattributed",)}
    seen = 0
    for row in rows:
        of_nobody = nobody.get(row["month"]) if row["level"] == "bank" else None
        for rate, number, base, each in (
            ("mau_per_follower", "mau", "followers", 1),
            ("new_per_1000_gained", "new_customers", "followers_gained", 1000),
        ):
            if row[rate] is not None:
                attributed = row[number] - (of_nobody[number] if of_nobody else 0)
                assert row[rate] == pytest.approx(attributed * each / row[base], abs=1e-9)
                seen += 1
    assert seen > 20


def test_the_parts_of_the_wealth_tiers_are_of_their_level(published):
    whole = {(row["month"], row["path"]): row for row in published("assets")}
    rows = published("wealth_tiers")
    for row in rows:
        level = whole[row["month"], row["path"]]
        for share, number in (("customer_share", "customers"), ("aum_share", "aum_yuan")):
            if row[share] is not None:
                want = float(row[number]) / float(level[number])
                assert row[share] == pytest.approx(want, abs=1e-9)
    assert sum(row["customer_share"] is not None for row in rows) > 100
