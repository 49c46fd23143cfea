"""Card applications after a card click, and what becomes of them."""

import numpy as np

from pipeline.sample.arrays import Ints
from pipeline.sample.people.arrivals import Visits
from pipeline.sample.people.eventlog import EventLog
from pipeline.sample.people.instants import NEVER, after
from pipeline.sample.people.joining import Customers

APPLIES, APPROVED, USES = 0.26, 0.64, 0.62


def record_cards(
    chance: np.random.Generator, log: EventLog, customers: Customers, touches: Visits
) -> None:
    """Record each person's application after their first card touch, once they are customers."""
    wanted = np.full(len(customers.registered), NEVER)
    card = np.flatnonzero(touches.lines == "card")[::-1]
    wanted[touches.person[card]] = touches.at[card]
    since: Ints = np.maximum(wanted, customers.known())
    person = np.flatnonzero((since != NEVER) & (chance.random(len(since)) < APPLIES))
    at = after(chance, since[person], 2.5)
    for event_type, share, days in (
        ("card_application", 1.0, 0.0),
        ("card_approved", APPROVED, 4.0),
        ("card_first_use", USES, 8.0),
    ):
        goes_on = chance.random(len(person)) < share
        person, at = person[goes_on], at[goes_on]
        at = after(chance, at, days) if days else at
        log.add(event_type, person, at, product_line="card")
