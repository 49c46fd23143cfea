"""Each declared query of a database: what is new since the last read lands as deliveries."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from pipeline.errors import ConfigurationError
from pipeline.ingest.catalogue import BANK_SOURCES
from pipeline.ingest.container import Container, FileRefused, Grid
from pipeline.ingest.database import statements
from pipeline.ingest.database.rows import Block, blocks, refuse_odd_columns
from pipeline.ingest.database.snapshot import Snapshot, snapshot
from pipeline.ingest.database.state import (
    State,
    drop_earlier,
    last_state,
    refuse_other_column,
    write_state,
)
from pipeline.ingest.database.watermark import Kind, kind_of, text
from pipeline.ingest.digest import Digest, digest
from pipeline.ingest.land import Delivery, land, remove_rows
from pipeline.ingest.ledger import Known
from pipeline.ingest.outcome import file_report, note_erased
from pipeline.ingest.quarantine import write_quarantine
from pipeline.ingest.recognise import Recognised, headers, recognise
from pipeline.ingest.report import DATABASE, FileReport, Progress
from pipeline.ingest.secret_columns import refuse_secret_columns
from pipeline.ingest.source import Source
from pipeline.ingest.store import Store
from pipeline.ingest.tidy import tidy
from pipeline.periods import SHANGHAI
from pipeline.privacy.row_marks import row_marks
from pipeline.privacy.tokens import Tokens
from pipeline.settings import DatabaseSource, Settings


def read_databases(
    names: Sequence[str],
    settings: Settings,
    tokens: Tokens,
    store: Store,
    progress: Progress | None = None,
) -> list[FileReport]:
    """Land what is new in the named sources, oldest watermark first.

    A source that cannot be read, or whose rows are mostly refused, is reported as refused and is
    tried again by the next run; it never stops the others. Raises ConfigurationError where an
    address, the driver or a dataset is missing, before anything is read.
    """
    readings = [_Reading(name, settings, tokens, store) for name in names]
    reports: list[FileReport] = []
    for reading in readings:
        if progress:
            progress.describe(reading.name)
        reports += reading.reports()
    return reports


@dataclass(frozen=True)
class _Look:
    """What a snapshot shows before its rows: when it was taken (Shanghai), what its columns are."""

    taken_at: datetime
    kind: Kind
    columns: list[str]


class _Reading:
    """One read of one source."""

    def __init__(self, key: str, settings: Settings, tokens: Tokens, store: Store) -> None:
        self.key = key
        self.name = DATABASE + key
        self.asked = settings.sources[key]
        self.source = _dataset(key, self.asked)
        self.uri = settings.database_uri(key)
        self.settings = settings
        self.tokens = tokens
        self.store, self.ledger, self.door = store, store.ledger, store.door
        self.warnings: list[str] = []
        # One name for whatever is refused whole, so that each read replaces what the last refused.
        self.refused_as = _hash(self.name, b"refused")

    def reports(self) -> list[FileReport]:
        """Land what is new; give a report for each delivery, or the one that there is none."""
        reports: list[FileReport] = []
        where = self.asked.uri_env or str(self.asked.uri_file)
        try:
            uri = self.uri.get_secret_value()
            with snapshot(uri, self.asked.timeout_seconds, where) as database:
                for report in self._deliveries(database):
                    reports.append(report)
        except FileRefused as problem:
            why = [str(problem)]
            reports.append(
                FileReport(self.name, "refused", self.refused_as, reasons=why, rule=problem.rule)
            )
        reports = reports or [FileReport(self.name, "repeated", "")]
        reports[-1].warnings.extend(self.warnings)
        return reports

    def _deliveries(self, database: Snapshot) -> Iterator[FileReport]:
        look = self._look(database)
        state = last_state(self.settings.lake, self.key, self.ledger.known)
        if state is not None:
            refuse_other_column(state, self.asked.watermark, look.kind, self.key)
        self._refuse_gaps(database, look.kind)
        write_quarantine(self.settings.quarantine, self.refused_as, self.name, ())
        batches = database.batches(statements.unread(self.asked, look.kind, state))
        rows, upto = self.asked.rows_per_delivery, state.upto if state else None
        read: dict[bytes, Any] = {}
        known = state.marks if state else frozenset()
        for block in blocks(batches, self.asked.watermark, rows, upto):
            marks = row_marks(self.settings.token_secret, block.texts)
            new = [row for row, mark in enumerate(marks) if mark not in known]
            read |= zip(marks, block.watermarks, strict=True)
            if not new:
                continue
            state = self._next_state(state, look.kind, block, read)
            known_as = _hash_rows(self.key, state, [marks[row] for row in new])
            report = self._deliver(look, state, block, new, known_as)
            yield report
            if report.outcome == "refused":
                return

    def _look(self, database: Snapshot) -> _Look:
        """Look at the clock of the database and the columns of the query."""
        now = database.table(statements.NOW)["now"][0].as_py()
        schema = database.table(statements.columns(self.asked)).schema
        refuse_secret_columns(schema.names)
        refuse_odd_columns(schema)
        kind = kind_of(self.asked.watermark, schema)
        _refuse_lacking(self.source, schema.names)
        return _Look(now.astimezone(SHANGHAI).replace(tzinfo=None), kind, schema.names)

    def _refuse_gaps(self, database: Snapshot, kind: Kind) -> None:
        """Refuse rows without a watermark, which no read would ever meet; name those to come."""
        found = database.table(statements.gaps(self.asked, kind)).to_pylist()[0]
        if found["gaps"]:
            raise FileRefused(
                f"{found['gaps']:,} rows without {self.asked.watermark}, which no read would meet",
                "a watermark in every row",
                "fill it in, or let the query give one, as coalesce(updated_at, created_at)",
            )
        if found["later"]:
            self.warnings.append(
                f"rows whose {self.asked.watermark} is still to come: {found['later']:,}; they are "
                "read when it has come"
            )

    def _next_state(
        self, state: State | None, kind: Kind, block: Block, read: dict[bytes, Any]
    ) -> State:
        """Say how far the source is read with a block; `read` keeps what the next read may meet."""
        upto: Any = block.watermarks[-1]
        if state is not None:
            upto = max(upto, state.upto)
        first = kind.before(upto, self.asked.lookback)
        for mark in [mark for mark, value in read.items() if value < first]:
            del read[mark]
        number = state.number + 1 if state else 1
        return State(number, self.asked.watermark, kind, upto, frozenset(read))

    def _deliver(
        self, look: _Look, state: State, block: Block, new: list[int], known_as: str
    ) -> FileReport:
        """Land the rows of a block that were not read before, unless too many are refused."""
        span = f"{text(block.watermarks[new[0]])}..{text(block.watermarks[new[-1]])}"
        source_file = f"{self.name}/{span}"
        self.store.begin()
        recognised = self._recognise(look, [block.texts[row] for row in new])
        digested = digest(recognised.tables, self.tokens.token)
        limit = self.settings.parameters.refused_share_limit
        report = file_report(
            source_file, known_as, None, recognised, digested.counts, digested.refusals, limit
        )
        if report.outcome == "refused":
            refusals = self.door.refusals(digested.refusals)
            write_quarantine(self.settings.quarantine, self.refused_as, self.name, refusals)
            return replace(report, file=self.name, delivery_id=self.refused_as)
        key_id = self.tokens.key_id if self.source.identities else None
        # A row that a query gives in two deliveries of one read counts as the later one has it.
        exported_at = look.taken_at + timedelta(microseconds=state.number)
        delivery = Delivery(known_as, source_file, None, exported_at, "database", key_id)
        note_erased(report, self._commit(delivery, digested, state))
        return report

    def _recognise(self, look: _Look, rows: list[tuple[str, ...]]) -> Recognised:
        """Take rows for those of a file; a watermark that is not declared is no column of it."""
        declared = {name for _, spellings, _ in headers(self.source) for name in spellings}
        kept = [
            place
            for place, name in enumerate(look.columns)
            if name != self.asked.watermark or tidy(name) in declared
        ]
        cells = [[row[place] for place in kept] for row in chain([look.columns], rows)]
        grid = Grid(None, cells, range(len(cells)))
        return recognise(Container("database", (grid,)), [self.source])

    def _commit(self, delivery: Delivery, digested: Digest, state: State) -> int:
        """Land a delivery with how far it is read; the ledger, written last, makes both count.

        Gives how many of its rows stayed out because their persons were erased.
        """
        lake, known_as = self.settings.lake, delivery.delivery_id
        if known_as in self.ledger.known:
            remove_rows(lake, known_as)
        refusals = self.door.refusals(digested.refusals)
        write_quarantine(self.settings.quarantine, known_as, delivery.source_file, refusals)
        write_state(lake, self.key, known_as, state)
        self.store.keep_identities(known_as)
        rows = land(lake, delivery, digested.datasets, self.door.admit)
        self.ledger.known[known_as] = Known(delivery.source_file, None)
        drop_earlier(lake, self.key, known_as)
        return sum(row["erased"] for row in rows)


def _dataset(key: str, asked: DatabaseSource) -> Source:
    for source in BANK_SOURCES:
        if source.name == asked.dataset:
            return source
    raise ConfigurationError(
        f"sources.{key}.dataset {asked.dataset}: 没有这个数据集 · no such dataset of the bank's\n"
        "  expected one of " + ", ".join(source.name for source in BANK_SOURCES)
    )


def _refuse_lacking(source: Source, columns: Sequence[str]) -> None:
    names = {tidy(name) for name in columns}
    lacking = [name for name, words, needed in headers(source) if needed and not names & set(words)]
    if lacking:
        raise FileRefused(
            f"a query for {source.name} without {', '.join(lacking)} (it gives "
            f"{', '.join(columns)})",
            "every required column",
            "name the columns in the query as docs/BANK_FILES.md does",
        )


def _hash(name: str, data: bytes) -> str:
    return hashlib.sha256(name.encode() + b"|" + data).hexdigest()[:16]


def _hash_rows(key: str, state: State, marks: Sequence[bytes]) -> str:
    """Know a delivery by its rows, without giving away what they say, and by its number.

    Rows that come back to what they were before are another delivery.
    """
    return _hash(f"{key}|{state.number}", b"".join(marks))
