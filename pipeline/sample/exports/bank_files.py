"""Where the bank's own files lie in the inbox, and how its systems write persons and instants."""

from datetime import date
from pathlib import Path

from pipeline.sample.arrays import Ints
from pipeline.sample.timeline import shanghai


def bank_folder(inbox: Path, delivered: date) -> Path:
    """Return the folder of one delivery."""
    return inbox / "bank" / delivered.isoformat()


def customer_id(number: int) -> str:
    """Return the bank's identifier of a person."""
    return f"C{number:08d}"


def instants(seconds: Ints) -> list[str]:
    """Return instants as ISO 8601 text with the offset of Shanghai."""
    return [shanghai(int(second)).isoformat() for second in seconds]


def yuan(cents: Ints) -> list[str | None]:
    """Return whole cents as text with two decimals, None for 0."""
    return [f"{int(value) / 100:.2f}" if value else None for value in cents]
