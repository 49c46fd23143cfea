"""How often customers log in: keen ones every month, some now and then, some not at all."""

import numpy as np

from pipeline.sample.arrays import Flags
from pipeline.sample.people.eventlog import EventLog
from pipeline.sample.people.instants import NEVER, SECONDS, spread
from pipeline.sample.people.joining import Customers

KEEN, SOMETIMES = 0.58, 0.30  # of the customers before; the rest is dormant
KEEN_LOGINS, SOMETIMES_LOGINS, NEW_LOGINS = 2.0, 0.22, 2.6  # a month
STAYS_DAYS = 150  # a new customer's habit lasts this long on average


def record_logins(
    chance: np.random.Generator, log: EventLog, customers: Customers, joins: Flags, end: int
) -> None:
    """Add every login up to the end; a new customer's first one is given, others follow it."""
    count = len(joins)
    kind = chance.random(count)
    keen = np.where(
        kind < KEEN, KEEN_LOGINS, np.where(kind < KEEN + SOMETIMES, SOMETIMES_LOGINS, 0)
    )
    a_month = np.where(joins, NEW_LOGINS, keen) * chance.gamma(4.0, 0.25, count)
    stays = (chance.exponential(STAYS_DAYS, count) * SECONDS).astype(np.int64)
    start = np.minimum(customers.active, end)
    person, at = spread(chance, start, end, a_month)
    loyal = ~joins[person] | (at < customers.active[person] + stays[person])
    log.add("login", person[loyal], at[loyal])
    first = np.flatnonzero(joins & (customers.active != NEVER))
    log.add("login", first, customers.active[first])
