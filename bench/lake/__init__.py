"""A bank's year straight in the lake, as ingest would have left it, of any size and within minutes.

Everything is drawn by hashes of what it is drawn for: the same size gives the same rows. The home
gets a `funnel.toml`, so that `funnel build --home HOME` builds it as it stands.
"""

from pathlib import Path

from bench.lake import people, register
from bench.lake.deliver import Deliveries
from bench.lake.events import events
from bench.lake.year import DAYS, Scale, day_of

CONFIG = "funnel.toml"


def write_year(home: Path, rows: int) -> None:
    """Write a year of so many events into an empty home, one delivery of them a day."""
    scale = Scale(rows)
    with Deliveries(home) as bank:
        bank.deliver("bank_accounts", "accounts.csv", 0, register.accounts())
        bank.deliver("bank_links", "links.csv", 0, register.links(1, register.LINKS))
        bank.deliver("bank_consents", "consents.csv", 0, people.first_consents(scale))
        for day in range(DAYS):
            _deliver_events(bank, scale, day)
            if day_of(day).isoweekday() == 7:
                bank.deliver_on("bank_balances", day, people.balances(scale, day, "point_in_time"))
            if day_of(day + 1).day == 1:
                bank.deliver_on("bank_balances", day, people.balances(scale, day, "month_average"))
    _configure(home, DAYS)


def add_day(home: Path, rows: int, *, consents: bool = False) -> None:
    """Add the day after the last one: its events, balances, and a few new links.

    rows: of the year, as it was written; consents: bring the day's changes of mind, too.
    """
    scale = Scale(rows)
    day = sum(1 for _ in home.glob("lake/bank_events/day=*"))
    with Deliveries(home) as bank:
        first = register.links_until(day - 1) + 1
        bank.deliver_on("bank_links", day, register.links(first, register.links_until(day)))
        if consents:
            bank.deliver_on("bank_consents", day, people.changed_consents(scale, day))
        bank.deliver_on("bank_balances", day, people.balances(scale, day, "point_in_time"))
        _deliver_events(bank, scale, day)
    _configure(home, day + 1)


def _deliver_events(bank: Deliveries, scale: Scale, day: int) -> None:
    bank.deliver_on("bank_events", day, events(scale, day, register.links_until(day)))


def _configure(home: Path, days: int) -> None:
    """Let a run be that of the morning after the last day, in the memory all goals speak of."""
    (home / CONFIG).write_text(
        f'home = "."\nas_of = {day_of(days)}\nmemory_limit = "2GB"\nthreads = 2\n',
        encoding="utf-8",
    )
