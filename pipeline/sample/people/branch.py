"""Branch visits: a booking after an arrival through a branch's account, then the signing."""

import numpy as np

from pipeline.sample.people.arrivals import Visits
from pipeline.sample.people.eventlog import EventLog
from pipeline.sample.people.instants import after
from pipeline.sample.people.programme import UNCODED, Programme

BOOKS, SIGNS = 0.09, 0.62


def record_bookings(
    chance: np.random.Generator, programme: Programme, log: EventLog, arrivals: Visits
) -> None:
    """Record bookings and signings of those who came through a branch."""
    branch = np.array([one.tier == "branch" for one in programme.accounts] + [False])
    came = branch[arrivals.account] & (arrivals.account != UNCODED)
    books = came & (chance.random(len(came)) < BOOKS)
    person, at = arrivals.person[books], after(chance, arrivals.at[books], 0.5)
    log.add("branch_booking", person, at, product_line="account")
    signs = chance.random(len(person)) < SIGNS
    log.add("branch_signing", person[signs], after(chance, at[signs], 3.0), product_line="account")
