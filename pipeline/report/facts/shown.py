"""What rows of the published tables have in common: where they stand, and what they withhold."""

from dataclasses import dataclass

# A number computed from withheld persons is withheld with them, whether or not the row names it.
DERIVED_FROM = {
    "orders": ("customers",),
    "amount_yuan": ("customers",),
    "applicants": ("clickers",),
    "applicant_rate": ("clickers", "applicants"),
    "subscribed_clickers": ("clickers",),
    "subscribed_rate": ("clickers", "subscribed_clickers"),
    "reached": ("newly_active",),
    "reached_rate": ("newly_active", "reached"),
    "change": ("value",),
    "against_usual": ("value",),
    "step_rate": ("persons",),
    "total_rate": ("persons",),
    "median_seconds": ("persons",),
    "p90_seconds": ("persons",),
    "aum_yuan": ("mau", "customers", "new_customers"),
    "aum_per_mau": ("mau",),
    "mau_per_follower": ("mau",),
    "new_per_1000_gained": ("new_customers",),
    "stickiness": ("dau", "mau"),
    "customer_share": ("customers",),
    "aum_share": ("customers",),
    "aum_per_customer": ("customers",),
    "yuan_per_arrival": ("arrivals",),
    "cac_yuan": ("new_customers",),
    "yuan_per_10k_aum": ("new_customers",),
    "subscribed_yuan": ("subscribers",),
    "return_yuan": ("new_customers", "subscribers", "applicants", "contributors"),
    "roi": ("new_customers", "subscribers", "applicants", "contributors"),
    "suggested_yuan": ("customers",),
    "gain": ("customers",),
    "expected": ("customers",),
    "rate": ("assigned", "observed", "converted"),
    "difference": ("assigned", "observed", "converted"),
    "detectable": ("assigned", "observed", "converted"),
    "giveaway_per_1000": ("giveaway_customers", "ordinary_customers"),
    "ordinary_per_1000": ("giveaway_customers", "ordinary_customers"),
}


class Withholding:
    """A row whose small cells may be withheld: `suppressed` names the columns."""

    suppressed: str | None

    def hides(self, column: str) -> bool:
        """Whether `column` is withheld here because too few persons are behind it."""
        names = (self.suppressed or "").split(",")
        if column in names:
            return True
        sources = DERIVED_FROM.get(column, ())
        return getattr(self, column) is None and any(source in names for source in sources)


class WholeRow(Withholding):
    """A row whose numbers tell one another: with one withheld, what it lacks is withheld too."""

    def hides(self, column: str) -> bool:
        """Whether `column` is withheld here, by name or because it would tell what is."""
        return super().hides(column) or (bool(self.suppressed) and getattr(self, column) is None)


@dataclass(frozen=True)
class Path:
    """Where in the bank a row stands; below its level a column is None.

    `part` tells the rows of the page's own place (None) from those of the parts below it.
    """

    part: str | None
    level: str
    tier: str | None
    platform: str | None
    account_id: str | None
    account_name: str | None


@dataclass(frozen=True)
class Shown(Withholding, Path):
    """A row on a level of the bank in which small cells may be withheld."""

    suppressed: str | None
