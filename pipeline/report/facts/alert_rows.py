"""What lies outside its usual range, as published."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class Alert:
    """One number outside its usual range."""

    table: ClassVar[str] = "alerts"
    level: str
    tier: str | None
    unit_id: str | None
    unit_name: str | None
    platform: str | None
    account_id: str | None
    account_name: str | None
    period: str
    starts_on: date
    metric: str
    kind: str
    severity: int
    direction: str
    value: float
    expected: float
    expected_low: float | None
    expected_high: float | None
    periods: int | None
    previous_stage: str | None
    security_comments: int | None

    def repeats(self, other: "Alert") -> bool:
        """Whether it tells the same number of a place inside the other's, which is alone there."""
        path = (self.tier, self.unit_id, self.account_id)
        above = (other.tier, other.unit_id, other.account_id)
        same = ("period", "starts_on", "metric", "kind", "value", "expected")
        return all(theirs in (None, own) for own, theirs in zip(path, above, strict=True)) and all(
            getattr(self, name) == getattr(other, name) for name in same
        )
