"""A bank that delivers at random, straight into the lake, for what is built out of it."""

import datetime as dt
import random

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest import sources
from pipeline.ingest.land import Dataset, Delivery, land, remove_rows, write_schemas
from pipeline.ingest.source import Source
from pipeline.settings import Settings

SOURCES = {source.name: source for source in sources()}
PEOPLE = [bytes([number] * 16) for number in range(1, 9)]
FIRST = dt.datetime(2026, 8, 1)
KINDS = [
    "click",
    "arrival",
    "login",
    "registered",
    "card_application",
    "wealth_subscription",
]
AS_OF = dt.date(2026, 11, 16)


class Bank:
    """A bank that delivers events, balances and consents at random, late and again."""

    def __init__(self, settings: Settings, seed: int) -> None:
        self.lake, self.random, self.delivered = settings.lake, random.Random(seed), 0
        write_schemas(self.lake, SOURCES.values())
        self.deliver("bank_links", [self.link("c1"), self.link("c2")])
        self.deliver("bank_consents", [self.consent(person, "grant") for person in PEOPLE[:5]])

    def change(self) -> str:
        """Let one thing happen; say which."""
        happens = self.random.choice(
            ["events", "events", "again", "balances", "consent", "links", "withdraw", "rewrite"]
        )
        return str(getattr(self, f"_{happens}")() or happens)

    def deliver(self, dataset: str, rows: list[dict[str, object]]) -> None:
        self.delivered += 1
        exported_at = dt.datetime(2026, 11, 1) + dt.timedelta(minutes=self.delivered)
        name = f"{self.delivered:016x}"
        delivery = Delivery(name, f"bank/{name}.csv", None, exported_at, "folder", "0" * 8)
        table = _table(SOURCES[dataset], rows)
        land(self.lake, delivery, [Dataset(SOURCES[dataset], table, len(rows), 0, 0)])

    def moment(self) -> dt.datetime:
        return FIRST + dt.timedelta(minutes=self.random.randrange(150 * 24 * 60))

    def event(self) -> dict[str, object]:
        return {
            "event_id": f"e{self.random.randrange(60)}",
            "occurred_at": self.moment(),
            "customer_token": self.random.choice([None, *PEOPLE]),
            "event_type": self.random.choice(KINDS),
            "source_code": self.random.choice([None, "c1", "c2", "c3"]),
            "amount": self.random.randrange(1000),
            "currency": "CNY",
            "cooling_off": self.random.choice([None, "pending", "confirmed", "withdrawn"]),
        }

    def link(self, code: str) -> dict[str, object]:
        accounts = ["cards", "branch"]
        return {
            "source_code": code,
            "account_id": self.random.choice(accounts),
            "product_line": self.random.choice(["card", "wealth"]),
            "entry": "post",
        }

    def consent(self, person: bytes, action: str) -> dict[str, object]:
        return {
            "customer_token": person,
            "purpose": "channel_analytics",
            "action": action,
            "separate": True,
            "notice_version": "1",
            "occurred_at": self.moment(),
        }

    def _events(self) -> None:
        events = {event["event_id"]: event for event in (self.event() for _ in range(12))}
        self.deliver("bank_events", list(events.values()))

    def _again(self) -> None:
        """Deliver one event again, under two moments in two deliveries."""
        for _ in range(2):
            self.deliver("bank_events", [self.event()])

    def _balances(self) -> None:
        self.deliver(
            "bank_balances",
            [
                {
                    "customer_token": person,
                    "balance_on": self.moment().date(),
                    "basis": "month_average",
                    "aum": self.random.randrange(20_000),
                }
                for person in PEOPLE
            ],
        )

    def _consent(self) -> None:
        action = self.random.choice(["grant", "withdraw"])
        self.deliver("bank_consents", [self.consent(self.random.choice(PEOPLE), action)])

    def _links(self) -> None:
        self.deliver("bank_links", [self.link(self.random.choice(["c1", "c2", "c3"]))])

    def _withdraw(self) -> None:
        commits = sorted((self.lake / "deliveries").glob("0*.parquet"))
        remove_rows(self.lake, self.random.choice(commits[2:] or commits).stem)

    def _rewrite(self) -> None:
        """Erase a person from one file of the lake, which keeps its name."""
        files = sorted((self.lake / "bank_events").glob("day=*/*.parquet"))
        if files:
            file = self.random.choice(files)
            table = pq.ParquetFile(file).read()
            pq.write_table(table.slice(0, table.num_rows - 1), file)


def _table(source: Source, rows: list[dict[str, object]]) -> pa.Table:
    fields = source.schema()
    full = [{name: row.get(name) for name in fields.names} for row in rows]
    for line, row in enumerate(full, start=2):
        if "source_line" in row:
            row["source_line"] = line
    return pa.Table.from_pylist(full, schema=fields)
