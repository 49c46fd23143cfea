"""What was delivered and what became of it: rows of published tables on the sources."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True)
class Source:
    """How fresh one account's dataset is and what became of its rows."""

    table: ClassVar[str] = "data_freshness"
    dataset: str
    account_id: str | None
    account_name: str | None
    tier: str | None
    platform: str | None
    last_day: date | None
    exported_at: datetime | None
    days_behind: int | None
    status: str
    files: int | None
    delivered: int | None
    landed: int | None
    repeated: int | None
    refused: int | None
    erased: int | None  # of those that landed, since


@dataclass(frozen=True)
class Waiting:
    """One file of the inbox that nothing landed of."""

    table: ClassVar[str] = "waiting_files"
    source_file: str
    kind: str
    reason: str | None
    reason_en: str | None
    delivered: int | None


@dataclass(frozen=True)
class Ambiguous:
    """One title of posts that their export does not tell apart for certain."""

    table: ClassVar[str] = "ambiguous_posts"
    account_id: str
    account_name: str | None
    published_at: datetime
    title: str | None
    why: str
    ambiguous_since: datetime | None
    source_file: str
    source_sheet: str | None
    source_line: int


@dataclass(frozen=True)
class Dataset:
    """All sources of one dataset together."""

    dataset: str
    accounts: int
    late: int
    last_day: date | None  # of the source that is furthest behind
    files: int | None
    delivered: int | None
    landed: int | None
    repeated: int | None
    refused: int | None
    erased: int | None  # of those that landed, since
