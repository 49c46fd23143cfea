"""Who arrives at the bank, when, with which source code, and the clicks around it."""

from dataclasses import dataclass

import numpy as np

from pipeline.sample import story
from pipeline.sample.arrays import Flags, Ints, Words
from pipeline.sample.people.eventlog import ANONYMOUS, EventLog
from pipeline.sample.people.instants import SECONDS, after, in_weeks, second_of_day
from pipeline.sample.people.programme import UNCODED, Programme
from pipeline.sample.timeline import epoch


@dataclass(frozen=True)
class Visits:
    """Arrivals or clicks of persons, side by side; account is an index, UNCODED without a code."""

    person: Ints
    at: Ints
    account: Ints
    codes: Words
    lines: Words


def joined(first: Visits, second: Visits) -> Visits:
    """Return two lots of visits as one."""
    pairs = ((getattr(first, name), getattr(second, name)) for name in Visits.__annotations__)
    return Visits(*(np.concatenate(pair) for pair in pairs))


def first_arrivals(
    chance: np.random.Generator, programme: Programme, joins: Flags, early: Flags
) -> Visits:
    """Draw the first arrival of everybody who joins, and of the customers the programme brings.

    `joins`: no customer when the history begins; `early`: of those, before the programme starts.
    """
    later, old = np.flatnonzero(joins & ~early), np.flatnonzero(~joins)
    coded = chance.random(len(later)) >= story.UNCODED_ARRIVALS
    drawn = chance.random(len(old))
    brought = old[drawn < story.CUSTOMERS_VISIT]
    plain_old = old[drawn > 1 - story.CUSTOMERS_VISIT_UNCODED]
    with_code = np.concatenate([later[coded], brought])
    account, weeks = programme.account_weeks(chance, len(with_code))
    at = in_weeks(chance, programme.timeline.start, weeks)
    plain = np.concatenate([later[~coded], plain_old])
    plain_at = in_weeks(chance, programme.timeline.start, programme.weeks(chance, len(plain)))
    before = np.flatnonzero(early)
    days = (programme.timeline.start - programme.timeline.history_start).days
    before_at = (
        epoch(programme.timeline.history_start)
        + chance.integers(0, days, len(before)) * SECONDS
        + second_of_day(chance, len(before))
    )
    uncoded = np.full(len(plain) + len(before), UNCODED)
    return _with_codes(
        chance,
        programme,
        np.concatenate([with_code, plain, before]),
        np.concatenate([at, plain_at, before_at]),
        np.concatenate([account, uncoded]),
    )


def second_arrivals(chance: np.random.Generator, programme: Programme, first: Visits) -> Visits:
    """Draw the further arrivals of some persons through another account, days later."""
    again = np.flatnonzero(
        (first.account != UNCODED) & (chance.random(len(first.at)) < story.SECOND_VISIT)
    )
    account, _ = programme.account_weeks(chance, len(again))
    at = after(chance, first.at[again], 4.0)
    keep = at < epoch(programme.timeline.end)
    return _with_codes(chance, programme, first.person[again][keep], at[keep], account[keep])


def later_clicks(chance: np.random.Generator, programme: Programme, arrivals: Visits) -> Visits:
    """Draw the clicks of persons the bank knows that are not followed by an arrival."""
    coded = np.flatnonzero(arrivals.account != UNCODED)
    chosen = np.repeat(coded, chance.poisson(story.CLICKS_LATER, len(coded)))
    at = after(chance, arrivals.at[chosen], 12.0)
    keep = at < epoch(programme.timeline.end)
    person, account = arrivals.person[chosen][keep], arrivals.account[chosen][keep]
    return _with_codes(chance, programme, person, at[keep], account)


def record(chance: np.random.Generator, log: EventLog, arrivals: Visits, clicks: Visits) -> None:
    """Add the arrivals, the click before each coded one, and the later clicks."""
    coded = arrivals.account != UNCODED
    known = chance.random(len(arrivals.at)) < story.KNOWN_CLICK
    before = arrivals.at - chance.integers(20, 900, len(arrivals.at))
    log.add(
        "click",
        np.where(known, arrivals.person, ANONYMOUS)[coded],
        before[coded],
        source_code=arrivals.codes[coded],
        product_line=arrivals.lines[coded],
    )
    for event_type, visits in (("click", clicks), ("arrival", arrivals)):
        log.add(
            event_type,
            visits.person,
            visits.at,
            source_code=visits.codes,
            product_line=visits.lines,
        )


def _with_codes(
    chance: np.random.Generator, programme: Programme, person: Ints, at: Ints, account: Ints
) -> Visits:
    codes, lines = programme.codes(chance, account, at)
    return Visits(person, at, account, codes, lines)
