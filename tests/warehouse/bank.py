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
CODES = ["c1", "c2", "c3", "c4"]
"""The codes that events carry; the link register starts with two of them."""
FIRST = dt.datetime(2026, 8, 1)
KINDS = [
    "click",
    "arrival",
    "login",
    "login",
    "login",
    "registered",
    "card_bound",
    "card_application",
    "wealth_subscription",
]
HAPPENINGS = [
    "events",
    "events",
    "journey",
    "journey",
    "again",
    "balances",
    "consent",
    "links",
    "withdraw",
    "rewrite",
]
AS_OF = dt.date(2026, 11, 16)
DAY = dt.timedelta(days=1)


class Deliveries:
    """What a test delivers, straight into the lake."""

    def __init__(self, settings: Settings) -> None:
        self.lake, self.delivered, self.numbered = settings.lake, 0, 0
        write_schemas(self.lake, SOURCES.values())

    def deliver(self, dataset: str, rows: list[dict[str, object]]) -> None:
        self.delivered += 1
        exported_at = dt.datetime(2026, 11, 1) + dt.timedelta(minutes=self.delivered)
        name = f"{self.delivered:016x}"
        delivery = Delivery(name, f"bank/{name}.csv", None, exported_at, "folder", "0" * 8)
        table = _table(SOURCES[dataset], rows)
        land(self.lake, delivery, [Dataset(SOURCES[dataset], table, len(rows), 0, 0)])

    def of(self, person: bytes, kind: str, at: dt.datetime, **more: object) -> dict[str, object]:
        """Give an event of a person that nothing else restates."""
        self.numbered += 1
        known = {"event_id": f"n{self.numbered}", "occurred_at": at, "customer_token": person}
        return {**known, "event_type": kind, "currency": "CNY", "amount": 100, **more}


class Bank(Deliveries):
    """A bank that delivers events, balances and consents at random, late and again."""

    def __init__(self, settings: Settings, seed: int) -> None:
        super().__init__(settings)
        self.random = random.Random(seed)
        self.deliver("bank_links", [self.link(code) for code in CODES[:2]])
        self.deliver("bank_consents", [self.consent(person, "grant") for person in PEOPLE[:5]])
        self._habits()
        for _ in range(6):
            self._journey()
        self._events()
        self.base = self.delivered

    def change(self) -> str:
        """Let one thing happen; say which."""
        happens = self.random.choice(HAPPENINGS)
        return str(getattr(self, f"_{happens}")() or happens)

    def moment(self) -> dt.datetime:
        """Give any moment, at times a midnight in Shanghai: days, weeks and windows end there."""
        at = FIRST + dt.timedelta(minutes=self.random.randrange(150 * 24 * 60))
        return at if self.random.random() < 0.8 else at.replace(hour=16, minute=0)

    def event(self) -> dict[str, object]:
        """Give an event, often under the number of another one."""
        return {
            "event_id": f"e{self.random.randrange(120)}",
            "occurred_at": self.moment(),
            "customer_token": self.random.choice([None, *PEOPLE]),
            "event_type": self.random.choice(KINDS),
            "source_code": self.random.choice([None, *CODES]),
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

    def _habits(self) -> None:
        """Deliver logins of some persons, about weekly over several months in a row."""
        logins = []
        for person in PEOPLE[:4]:
            at = self.moment() - 30 * DAY
            for _ in range(self.random.randrange(20)):
                at += self.random.randrange(1, 12) * DAY
                logins.append(self.of(person, "login", at))
        self.deliver("bank_events", logins)

    def _journey(self) -> None:
        """Let a person come under a code and go on, each step soon or at the window's end."""
        person, at = self.random.choice(PEOPLE), self.moment()
        steps = [("arrival", "c1"), ("registered", None), ("login", None), ("click", "c2")]
        steps += [("card_application", None), ("wealth_subscription", None)]
        journey = []
        for kind, code in steps:
            journey.append(self.of(person, kind, at, source_code=code))
            at += self.random.choice([0, 1, 2, 7, 30]) * DAY
        self.deliver("bank_events", journey)
        self.deliver("bank_balances", [self.balance(person) for _ in range(3)])

    def balance(self, person: bytes) -> dict[str, object]:
        """Give a balance around the threshold of assets."""
        return {
            "customer_token": person,
            "balance_on": self.moment().date(),
            "basis": self.random.choice(["month_average", "month_average", "point_in_time"]),
            "aum": self.random.choice([999, 1000, 1001, 20_000]),
        }

    def _events(self) -> None:
        events = {event["event_id"]: event for event in (self.event() for _ in range(12))}
        self.deliver("bank_events", list(events.values()))

    def _again(self) -> None:
        """Deliver one event again, under two moments in two deliveries."""
        for _ in range(2):
            self.deliver("bank_events", [self.event()])

    def _balances(self) -> None:
        self.deliver("bank_balances", [self.balance(person) for person in PEOPLE])

    def _consent(self) -> None:
        action = self.random.choice(["grant", "withdraw"])
        self.deliver("bank_consents", [self.consent(self.random.choice(PEOPLE), action)])

    def _links(self) -> None:
        self.deliver("bank_links", [self.link(self.random.choice(CODES))])

    def _withdraw(self) -> None:
        commits = sorted((self.lake / "deliveries").glob("0*.parquet"))
        late = [commit.stem for commit in commits if int(commit.stem, 16) > self.base]
        if late:
            remove_rows(self.lake, self.random.choice(late))

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
