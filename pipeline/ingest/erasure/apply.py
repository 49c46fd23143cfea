"""Doing open orders in lake and quarantine; doing one twice changes nothing more."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.ingest.catalogue import sources
from pipeline.ingest.erasure import orders, retention
from pipeline.ingest.erasure.door import Door, purposes_of, stored
from pipeline.ingest.erasure.orders import Order, Touched
from pipeline.ingest.files import write_parquet
from pipeline.ingest.ledger import DELIVERIES, delivery_rows
from pipeline.ingest.quarantine import PERSON
from pipeline.ingest.rewrite import (
    lines_of,
    rewrite_lines,
    rewrite_parquet,
    rows_in,
    sha256_of,
)
from pipeline.ingest.source import Source
from pipeline.privacy.tokens import Tokens
from pipeline.settings import Settings


def apply(
    settings: Settings, tables: Callable[[], Mapping[str, int]], databases: Iterable[Path]
) -> list[Order]:
    """Take what open orders name out of lake and quarantine; give the orders, still open.

    tables, databases: what is built from them, as it stands, for the certificate.
    """
    done = []
    for order in orders.open_orders(settings):
        orders.register(settings, order)
        work = _Work(settings, order)
        if order.files is None:
            order = replace(
                order,
                files=[_touched(settings, file) for file in work.files()],
                tables=dict(tables()),
                databases={file.name: sha for file in databases if (sha := sha256_of(file))},
            )
            orders.write(settings, order)
        work.do(order)
        done.append(order)
    if done:
        _recount(settings.lake, [touched for order in done for touched in order.files or ()])
        _clear_temporary(settings)
    return done


@dataclass
class _Work:
    """One order, and what it looks at."""

    settings: Settings
    order: Order

    def __post_init__(self) -> None:
        self.named = {source.name: source for source in sources() if source.identities}
        erased = dict.fromkeys(self.order.persons, self.order.erased_on)
        tokens = Tokens(*self.settings.token_secrets) if erased else None
        self.door = None
        if tokens:
            door = Door(tokens, erased, purposes_of(self.settings))
            self.door = door.learn(self.settings.lake)

    def files(self) -> list[Path]:
        """Give the files that hold something of what is to go."""
        return [*self._by_time(), *self._by_person()]

    def do(self, order: Order) -> None:
        """Write every file that was found again, without what is to go."""
        for file in (self.settings.home / touched.file for touched in order.files or ()):
            if not file.is_file():
                continue
            if file.suffix == ".jsonl":
                rewrite_lines(file, self._line)
            elif file.parent == self.settings.vault:
                rewrite_parquet(file, self._left_in_vault)
            elif self._holds(file):
                rewrite_parquet(file, partial(self._left, self._source(file)))

    def _source(self, file: Path) -> Source:
        return self.named[file.parent.parent.name]

    def _by_time(self) -> Iterable[Path]:
        for name, day in self.order.before.items():
            yield from retention.files(self.settings, self.named[name], day)

    def _by_person(self) -> Iterable[Path]:
        if self.door is None:
            return
        for name in sorted(self.named):
            files = sorted((self.settings.lake / name).glob("*/*.parquet"))
            yield from (file for file in files if self._names_somebody(file))
        vault = sorted(self.settings.vault.glob("*.parquet"))
        yield from (file for file in vault if self._names_somebody(file))
        for file in sorted(self.settings.quarantine.glob("*.jsonl")):
            if any(self._line(line) is None for line in lines_of(file)):
                yield file

    def _names_somebody(self, file: Path) -> bool:
        """Look at a file's tokens alone: most files hold nobody who is to go."""
        in_vault = file.parent == self.settings.vault
        column = "customer_token" if in_vault else self._source(file).identities[0].name
        tokens = pc.unique(stored(pq.ParquetFile(file).read([column])[column])).drop_null()
        return bool(self.door and self.door.days_of(tokens.to_pylist()))

    def _holds(self, file: Path) -> bool:
        """Whether a file still holds what is to go: a run that was killed may have done it."""
        if self.door is not None:
            return self._names_somebody(file)
        source = self._source(file)
        return retention.holds(source, file, self.order.before[source.name])

    def _left(self, source: Source, table: pa.Table) -> pa.Table:
        if self.door is not None:
            return self.door.admit(source, table)
        past = retention.past(source, table, self.order.before[source.name])
        return table.filter(pc.invert(past))

    def _left_in_vault(self, table: pa.Table) -> pa.Table:
        tokens = stored(table["customer_token"]).to_pylist()
        gone = self.door.days_of(tokens).keys() - self.door.granted if self.door else set()
        return table.filter(pa.array([token not in gone for token in tokens], pa.bool_()))

    def _line(self, line: str) -> str | None:
        person = json.loads(line).get(PERSON)
        gone = person and self.door and self.door.days_of([UUID(person).bytes])
        return None if gone else line


def _touched(settings: Settings, file: Path) -> Touched:
    name = file.relative_to(settings.home).as_posix()
    return Touched(name, rows_in(file), sha256_of(file) or "")


def _recount(lake: Path, touched: Iterable[Touched]) -> None:
    """Say in the ledger how many of the rows that landed are not in the lake any more."""
    of_lake = [Path(t.file) for t in touched if t.file.startswith("lake/")]
    wanted = {file.stem for file in of_lake}
    held: dict[tuple[str, str], int] = defaultdict(int)
    for name in {file.parts[1] for file in of_lake}:
        for file in (lake / name).glob("*/*.parquet"):
            if file.stem in wanted:
                held[name, file.stem] += rows_in(file)
        for delivery_id in wanted:
            held.setdefault((name, delivery_id), 0)
    for delivery_id in sorted(wanted):
        commit = lake / DELIVERIES / f"{delivery_id}.parquet"
        if not commit.is_file():
            continue
        rows = pq.ParquetFile(commit).read().to_pylist()
        for row in rows:
            if (row["dataset"], delivery_id) in held:
                row["erased"] = row["landed"] - held[row["dataset"], delivery_id]
        write_parquet(commit, delivery_rows(rows))


def _clear_temporary(settings: Settings) -> None:
    """Remove what killed runs were writing: it may hold anybody."""
    for folder in (settings.lake, settings.quarantine, settings.vault):
        for file in folder.rglob(".*.tmp"):
            file.unlink()
