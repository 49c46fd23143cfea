"""Who is to be erased."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pyarrow.parquet as pq

from pipeline.errors import InputError
from pipeline.ingest.bank.consents import CONSENTS
from pipeline.ingest.erasure.door import purposes_of, stored
from pipeline.periods import today
from pipeline.privacy.tokens import Tokens
from pipeline.settings import Settings


def tokens_of(written: Iterable[str]) -> list[bytes]:
    """Read tokens as tables show them; InputError, which repeats nothing, for anything else."""
    try:
        return [UUID(text.strip()).bytes for text in written]
    except ValueError:
        raise InputError(
            "--token：不是令牌（所给内容不再显示）· not a token; expected one as the column\n"
            "  customer_token shows it, such as 0123abcd-0123-4567-89ab-0123456789ab. Of a customer"
            " number:\n  funnel erase --customers FILE, a number a line, which is read and not kept"
        ) from None


def tokens_of_customers(settings: Settings, ids: Iterable[str]) -> list[bytes]:
    """Make the tokens of customers from their ids, of which nothing is kept."""
    tokens = Tokens(*settings.token_secrets)
    return [tokens.token(customer_id) for customer_id in ids if customer_id.strip()]


def withdrawn(settings: Settings, until: date | None = None) -> list[bytes]:
    """Give everybody who took back what their rows are used under, and granted none of it since.

    What counts is the latest event of each purpose that the settings name, whatever the run's day:
    nobody is erased against what the lake knows. At the same instant a withdrawal counts.
    until: only who had taken back all of it by this day, in Shanghai.
    """
    used = purposes_of(settings)
    latest: dict[tuple[bytes, str], tuple[datetime, str]] = {}
    for token, purpose, said in _consents(settings.lake):
        if purpose in used:
            latest[token, purpose] = max(said, latest.get((token, purpose), said))
    took_back: dict[bytes, datetime] = {}
    granted = {token for (token, _), (_, action) in latest.items() if action == "grant"}
    for (token, _), (at, _) in latest.items():
        if token not in granted:
            took_back[token] = max(at, took_back.get(token, at))
    return sorted(
        token
        for token, at in took_back.items()
        if until is None or today(at.replace(tzinfo=UTC)) <= until
    )


def _consents(lake: Path) -> Iterator[tuple[bytes, str, tuple[datetime, str]]]:
    """Give each event as person, purpose and (moment, action); withdraw sorts after grant."""
    for file in sorted((lake / CONSENTS.name).glob("*/*.parquet")):
        table = pq.ParquetFile(file).read()
        said = zip(table["occurred_at"].to_pylist(), table["action"].to_pylist(), strict=True)
        tokens = stored(table["customer_token"]).to_pylist()
        yield from zip(tokens, table["purpose"].to_pylist(), said, strict=True)
