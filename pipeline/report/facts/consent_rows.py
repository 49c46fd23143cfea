"""Customers by why they are counted, or not."""

from dataclasses import dataclass
from typing import ClassVar

from pipeline.report.facts.shown import Withholding


@dataclass(frozen=True)
class ConsentReason(Withholding):
    """The customers of one reason, of all where it is None."""

    table: ClassVar[str] = "consent_reasons"
    reason: str | None
    customers: int | None
    suppressed: str | None
