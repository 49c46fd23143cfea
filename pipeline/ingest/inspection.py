"""A look at one file: what it would land as, without writing anything."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from pipeline.errors import ConfigurationError
from pipeline.ingest.catalogue import sources
from pipeline.ingest.container import FileRefused
from pipeline.ingest.convert import Refusal, Token
from pipeline.ingest.digest import digest
from pipeline.ingest.inbox import delivery_id, export_time
from pipeline.ingest.land import Dataset, Delivery, with_provenance
from pipeline.ingest.opened import open_file
from pipeline.ingest.outcome import unknown_reason
from pipeline.ingest.proposal import propose
from pipeline.ingest.report import refused_share
from pipeline.privacy.tokens import Tokens
from pipeline.settings import Settings

SAMPLE_ROWS = 5
TOKEN_WITHOUT_KEY = "‹token›"


@dataclass(frozen=True)
class Inspection:
    """What a file would land as.

    datasets: name, rows (that would land), repeated, refused, sample (row objects, JSON values).
    refusals: every refused cell or row, values masked as in quarantine.
    reasons: why the file as a whole would be refused or is unknown; empty where it would land.
    notes: what else whoever delivers it should know.
    mapping_proposal: of an unknown table, a mapping file to correct and keep beside it; a guess.
    """

    file: str
    datasets: Sequence[Mapping[str, Any]] = ()
    refusals: Sequence[Mapping[str, Any]] = ()
    unknown_columns: Sequence[str] = ()
    unknown_sheets: Sequence[str] = ()
    reasons: Sequence[str] = ()
    notes: Sequence[str] = ()
    mapping_proposal: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Give the inspection as plain values for JSON."""
        return asdict(self)


def inspect(path: Path, settings: Settings | None = None) -> Inspection:
    """Read one file anywhere on disk as a run would, and write nothing.

    settings: for the token key, and for the inbox that paths are relative to. Without a key,
    tokens are shown as ‹token›.
    """
    token = _token(settings)
    # Ids still have to differ where there is no key: any key serves, and none of it is shown.
    whole = path.resolve()
    some_token = token or Tokens(b"no key: not shown").token
    try:
        container, recognised = open_file(whole, _top(whole, settings), some_token, sources())
    except FileRefused as problem:
        return Inspection(str(path), reasons=[str(problem)])
    if not recognised.tables:
        reasons = [unknown_reason(container)]
        return Inspection(str(path), reasons=reasons, mapping_proposal=propose(container))
    digested = digest(recognised.tables, some_token)
    source_file = _source_file(path, settings)
    exported_at, exported_from = export_time(source_file, container.created, path.stat().st_mtime)
    delivery = Delivery(delivery_id(path), source_file, None, exported_at, exported_from, None)
    limit = settings.parameters.refused_share_limit if settings else None
    share = refused_share(digested.counts)
    too_many = limit is not None and share > limit
    return Inspection(
        str(path),
        [_dataset(dataset, delivery, shown=token is not None) for dataset in digested.datasets],
        [_refusal(refusal) for refusal in digested.refusals],
        recognised.unknown_columns,
        recognised.unknown_sheets,
        [f"{share:.0%} of its rows are refused"] if too_many else [],
        container.notes,
    )


def _top(path: Path, settings: Settings | None) -> Path:
    """Give the folder up to which mapping files count: the inbox, or the file's own folder."""
    inbox = settings.inbox.resolve() if settings is not None else path.parent
    return inbox if path.is_relative_to(inbox) else path.parent


def _token(settings: Settings | None) -> Token | None:
    try:
        return Tokens(*settings.token_secrets).token if settings else None
    except ConfigurationError:
        return None


def _source_file(path: Path, settings: Settings | None) -> str:
    if settings is not None and path.resolve().is_relative_to(settings.inbox.resolve()):
        return path.resolve().relative_to(settings.inbox.resolve()).as_posix()
    return path.as_posix().lstrip("/")


def _dataset(dataset: Dataset, delivery: Delivery, *, shown: bool) -> dict[str, Any]:
    table = with_provenance(dataset, delivery).slice(0, SAMPLE_ROWS)
    return {
        "name": dataset.source.name,
        "rows": dataset.table.num_rows,
        "repeated": dataset.repeated,
        "refused": dataset.refused,
        "sample": [
            {name: _plain(value, shown) for name, value in row.items()} for row in table.to_pylist()
        ],
    }


def _plain(value: Any, shown: bool) -> Any:
    if isinstance(value, UUID):
        return str(value) if shown else TOKEN_WITHOUT_KEY
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {name: value for name, value in vars(refusal).items() if name != "person"}
