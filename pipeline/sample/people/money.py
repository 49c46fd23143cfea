"""What customers hold and move: opening balances, deposits, risk assessments, subscriptions.

Every change of a balance is a transaction or a confirmed subscription, so that events and
balances tell the same story. A subscription is made in a week after the deposit's, when the
Sunday balance has shown it. All amounts are whole cents.
"""

from dataclasses import dataclass, field

import numpy as np

from pipeline.sample import story
from pipeline.sample.arrays import Flags, Floats, Ints
from pipeline.sample.people.arrivals import Visits
from pipeline.sample.people.eventlog import EventLog, where
from pipeline.sample.people.instants import NEVER, SECONDS, after, next_monday, spread
from pipeline.sample.people.joining import Customers
from pipeline.sample.people.programme import Programme

THOUSAND = 100_000  # 1,000 yuan in cents
HELD = {  # of the customers before: share who hold it, median yuan
    "funds": (0.30, 6_000), "wealth": (0.24, 30_000), "insurance": (0.10, 15_000),
    "securities": (0.06, 20_000),
}  # fmt: skip
DEPOSITS = 9_000  # median of the customers before, yuan
MOVES_A_MONTH, MOST_MOVES = 0.35, 8
MOVE_BY = (-0.05, 0.07)  # of the opening balance or first deposit
OLD_SUBSCRIBES = 0.22  # of customers before with money whom a wealth code brought
OLD_SUBSCRIBES_ALONE = 0.05  # of the others with money, some time in the history
AGAIN = 0.22  # of subscribers: a second time
COOLING_DAYS = (1.0, 6.0)


@dataclass
class Holdings:
    """Opening positions in cents by person, and what moves them: (person, instant, cents)."""

    deposits: Ints
    fixed: dict[str, Ints]
    moves: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)
    to_wealth: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)


def opening(chance: np.random.Generator, joins: Flags) -> Holdings:
    """Draw what the customers before hold when the history begins; joiners hold nothing."""
    count = len(joins)
    deposits = _cents(chance, DEPOSITS, 1.4, count)
    fixed = {}
    for name, (share, median) in HELD.items():
        holds = ~joins & (chance.random(count) < share)
        fixed[name] = np.where(holds, _cents(chance, median, 0.9, count) // THOUSAND * THOUSAND, 0)
    return Holdings(np.where(joins, 0, deposits), fixed)


def live(
    chance: np.random.Generator,
    programme: Programme,
    log: EventLog,
    customers: Customers,
    joins: Flags,
    arrivals: Visits,
    end: int,
) -> Holdings:
    """Draw the money side of everybody's life, record its events, and return the holdings."""
    holdings = opening(chance, joins)
    first, cents, reaches = _first_deposits(chance, programme, customers, joins)
    _move(log, holdings, np.flatnonzero(first != NEVER), first, cents)
    base = np.where(joins, np.where(first != NEVER, cents, 0), holdings.deposits)
    _everyday(chance, log, holdings, np.where(joins, first, customers.opened), base, end)
    rate = programme.trait("subscribes", customers.account, story.UNCODED_SUBSCRIBES)
    wants = joins & reaches & (chance.random(len(joins)) < rate)
    starts = where(wants, first)
    old = _old_subscribers(chance, joins, holdings, arrivals, customers.opened, end)
    _subscribe(chance, log, holdings, np.minimum(starts, old), base, end)
    _assess_only(chance, log, first, reaches & ~wants)
    return holdings


def _cents(chance: np.random.Generator, median: float, sigma: float, count: int) -> Ints:
    return (np.exp(chance.normal(np.log(median), sigma, count)) * 100).astype(np.int64)


def _first_deposits(
    chance: np.random.Generator, programme: Programme, customers: Customers, joins: Flags
) -> tuple[Ints, Ints, Flags]:
    """Return instant and cents of joiners' first deposits, and who brings 1,000 yuan or more."""
    count = len(joins)
    able = joins & (customers.opened != NEVER) & (customers.active != NEVER)
    rate = programme.trait("reaches", customers.account, story.UNCODED_REACHES)
    reaches = able & (chance.random(count) < rate)
    small = able & ~reaches & (chance.random(count) < 0.4)
    median: Floats = programme.trait("deposit", customers.account, 6_000)
    large = np.maximum(_cents(chance, 1.0, 0.9, count) * median.astype(np.int64), 2 * THOUSAND)
    cents = np.where(reaches, large, chance.integers(1_000, 90_000, count))
    since = np.maximum(customers.active, customers.opened)
    return where(reaches | small, after(chance, since, 3.0)), cents, reaches


def _move(log: EventLog, holdings: Holdings, person: Ints, at: Ints, cents: Ints) -> None:
    """Record the transactions of the given persons; `at` and `cents` are by person."""
    holdings.moves.append((person, at[person], cents[person]))
    log.add("transaction", person, at[person], cents=cents[person])


def _everyday(
    chance: np.random.Generator,
    log: EventLog,
    holdings: Holdings,
    since: Ints,
    base: Ints,
    end: int,
) -> None:
    """Record small moves in and out, few enough that no deposit can fall below 60 % of its base."""
    count = len(since)
    person, at = spread(chance, np.minimum(since, end), end, np.full(count, MOVES_A_MONTH))
    rank = np.arange(len(person)) - np.searchsorted(person, person)
    person, at = person[rank < MOST_MOVES], at[rank < MOST_MOVES]
    cents = (base[person] * chance.uniform(*MOVE_BY, len(person))).astype(np.int64)
    real = cents != 0
    holdings.moves.append((person[real], at[real], cents[real]))
    log.add("transaction", person[real], at[real], cents=np.abs(cents[real]))  # in or out


def _old_subscribers(
    chance: np.random.Generator,
    joins: Flags,
    holdings: Holdings,
    arrivals: Visits,
    opened: Ints,
    end: int,
) -> Ints:
    """Return when each customer before turns to wealth products; NEVER for most."""
    count = len(joins)
    rich = ~joins & (holdings.deposits >= 8 * THOUSAND)
    came = np.full(count, NEVER)
    wealth = arrivals.lines == "wealth"
    came[arrivals.person[wealth]] = arrivals.at[wealth]
    brought = rich & (came != NEVER) & (chance.random(count) < OLD_SUBSCRIBES)
    alone = rich & (came == NEVER) & (chance.random(count) < OLD_SUBSCRIBES_ALONE)
    some_day = opened + (chance.random(count) * (end - opened).clip(0)).astype(np.int64)
    return np.minimum(where(brought, came), where(alone, some_day))


def _subscribe(
    chance: np.random.Generator,
    log: EventLog,
    holdings: Holdings,
    since: Ints,
    base: Ints,
    end: int,
) -> None:
    """Record risk assessment and one or two subscriptions of those with an instant in `since`."""
    person = np.flatnonzero(since < end)
    assessed = after(chance, since[person], 1.5)
    log.add("risk_assessment", person, assessed, product_line="wealth")
    at = np.maximum(after(chance, assessed, 0.5), after(chance, next_monday(since[person]), 3.0))
    _order(chance, log, holdings, person, at, base[person] * chance.uniform(0.25, 0.4, len(person)))
    again = chance.random(len(person)) < AGAIN
    second = after(chance, at[again] + 8 * SECONDS, 25.0)
    cents = base[person[again]] * chance.uniform(0.05, 0.15, len(second))
    enough = cents >= THOUSAND
    _order(chance, log, holdings, person[again][enough], second[enough], cents[enough])


def _order(
    chance: np.random.Generator,
    log: EventLog,
    holdings: Holdings,
    person: Ints,
    at: Ints,
    cents: Floats,
) -> None:
    """Record subscriptions of whole thousands with their cooling-off; confirmed money moves."""
    amount = np.maximum(cents.astype(np.int64) // THOUSAND, 1) * THOUSAND
    decided = at + (chance.uniform(*COOLING_DAYS, len(at)) * SECONDS).astype(np.int64)
    kept = chance.random(len(at)) >= story.CANCELS
    words = np.where(kept, "confirmed", "withdrawn").astype(object)
    log.add(
        "wealth_subscription",
        person,
        at,
        product_line="wealth",
        cents=amount,
        outcome=(decided, words),
    )
    holdings.to_wealth.append((person[kept], decided[kept], amount[kept]))


def _assess_only(chance: np.random.Generator, log: EventLog, first: Ints, others: Flags) -> None:
    """Record the risk assessments that no subscription follows."""
    person = np.flatnonzero(others & (first != NEVER) & (chance.random(len(first)) < 0.25))
    log.add("risk_assessment", person, after(chance, first[person], 3.0), product_line="wealth")
