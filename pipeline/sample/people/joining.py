"""From arrival to customer: registered, account opened, card bound, first login."""

from dataclasses import dataclass

import numpy as np

from pipeline.sample import story
from pipeline.sample.arrays import Ints
from pipeline.sample.people.arrivals import Visits
from pipeline.sample.people.eventlog import EventLog, where
from pipeline.sample.people.instants import NEVER, after
from pipeline.sample.people.programme import UNCODED, Programme

AT_ONCE = 0.6  # register in the session they arrive in
OPENS_ACCOUNT = 0.93
BINDS_CARD = 0.45
DAYS_TO_REGISTER, DAYS_TO_OPEN, DAYS_TO_LOG_IN = 2.0, 0.4, 2.2
MINUTES = 1 / 1440


@dataclass(frozen=True)
class Customers:
    """By person: which account brought them, and when they became what; NEVER if they did not."""

    account: Ints
    registered: Ints
    opened: Ints
    active: Ints  # first login

    def known(self) -> Ints:
        """Return when each person became a customer of any kind."""
        return np.minimum(self.registered, self.opened)


def join(
    chance: np.random.Generator,
    programme: Programme,
    log: EventLog,
    first: Visits,
    joins: np.typing.NDArray[np.bool_],
    history_start: int,
) -> Customers:
    """Draw who becomes a customer after the first arrival, and record the steps.

    Those who do not join are customers since before `history_start`.
    """
    count = len(joins)
    arrived, account = np.full(count, NEVER), np.full(count, UNCODED)
    arrived[first.person], account[first.person] = first.at, first.account
    rates = np.vstack(
        [programme.becoming, np.full(programme.timeline.weeks, story.UNCODED_BECOMES)]
    )
    becomes = joins & (chance.random(count) < rates[account, programme.week(arrived)])
    wait = np.where(chance.random(count) < AT_ONCE, 8 * MINUTES, DAYS_TO_REGISTER)
    registered = where(becomes, after(chance, arrived, wait))
    opens = becomes & (chance.random(count) < OPENS_ACCOUNT)
    opened = where(opens, after(chance, registered, DAYS_TO_OPEN))
    binds = opens & (chance.random(count) < BINDS_CARD)
    bound = where(binds, after(chance, opened, 1.5))
    logs_in = becomes & (chance.random(count) < story.LOGS_IN)
    active = where(logs_in, after(chance, np.where(opens, opened, registered), DAYS_TO_LOG_IN))
    people = np.arange(count)
    for name, at in (("registered", registered), ("account_opened", opened), ("card_bound", bound)):
        happened = at != NEVER
        log.add(name, people[happened], at[happened])
    before = ~joins
    registered[before] = opened[before] = active[before] = history_start
    return Customers(account, registered, opened, active)
