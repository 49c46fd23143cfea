"""A portion of the bank's people: their whole lives, drawn together, a bounded number at a time."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.sample import story
from pipeline.sample.arrays import Flags, Ints, stream
from pipeline.sample.people import arrivals as coming
from pipeline.sample.people.balances import Balances
from pipeline.sample.people.branch import record_bookings
from pipeline.sample.people.cards import record_cards
from pipeline.sample.people.consents import Consents, consents
from pipeline.sample.people.eventlog import EventLog
from pipeline.sample.people.experiments import assignments
from pipeline.sample.people.habits import record_logins
from pipeline.sample.people.instants import NEVER
from pipeline.sample.people.joining import Customers, join
from pipeline.sample.people.loans import record_loans, record_video_bookings
from pipeline.sample.people.money import live
from pipeline.sample.people.programme import UNCODED, Programme
from pipeline.sample.timeline import epoch


@dataclass(frozen=True)
class Portion:
    """What a portion of people leaves behind; persons are numbered from 0 within it."""

    first: int  # number of its first person in the bank
    events: pd.DataFrame
    other_events: pd.DataFrame  # of the loan and booking systems
    balances: Balances
    consents: Consents
    assignments: pd.DataFrame  # to experiments
    won: Ints  # new customers of coded arrivals [account, week]


def portion(programme: Programme, seed: int, first: int, count: int) -> Portion:
    """Draw the lives of `count` people, the first of them number `first` of the bank."""
    chance = stream(seed, "people", str(first))
    timeline = programme.timeline
    begin, end = epoch(timeline.history_start), epoch(timeline.end)
    kind = chance.random(count)
    joins = kind >= story.BEFORE_PROGRAMME
    early = joins & (kind < story.BEFORE_PROGRAMME + story.JOINED_BEFORE)
    log = EventLog(end)
    first_visits = coming.first_arrivals(chance, programme, joins, early)
    visits = coming.joined(first_visits, coming.second_arrivals(chance, programme, first_visits))
    clicks = coming.later_clicks(chance, programme, visits)
    coming.record(chance, log, visits, clicks)
    customers = join(chance, programme, log, first_visits, joins, begin)
    record_logins(chance, log, customers, joins, end)
    holdings = live(chance, programme, log, customers, joins, visits, end)
    record_cards(chance, log, customers, coming.joined(visits, clicks))
    record_bookings(chance, programme, log, visits)
    events = log.frame()
    seen = _first_seen(events, count)
    seen[~joins] = begin
    given = consents(chance, seen, joins, begin, end)
    others = _other_events(programme, stream(seed, "other systems", str(first)), visits, end)
    tried = stream(seed, "experiments", str(first))
    assigned = assignments(tried, timeline, first_visits, customers, joins)
    held = Balances(timeline, holdings, customers)
    won = _won(programme, customers, joins)
    return Portion(first, events, others, held, given, assigned, won)


def _won(programme: Programme, customers: Customers, joins: Flags) -> Ints:
    known, timeline = customers.known(), programme.timeline
    inside = (known >= epoch(timeline.start)) & (known < epoch(timeline.end))
    coded = joins & inside & (customers.account != UNCODED)
    won = np.zeros((len(programme.accounts), timeline.weeks), dtype=np.int64)
    np.add.at(won, (customers.account[coded], programme.week(known[coded])), 1)
    return won


def _other_events(
    programme: Programme, chance: np.random.Generator, visits: coming.Visits, end: int
) -> pd.DataFrame:
    log = EventLog(end)
    record_loans(chance, log, visits)
    record_video_bookings(chance, programme, log, visits)
    return log.frame()


def _first_seen(events: pd.DataFrame, count: int) -> Ints:
    seen = np.full(count, NEVER)
    known = events[events["person"] >= 0]
    first = known.groupby("person")["at"].min()
    seen[first.index.to_numpy()] = first.to_numpy()
    return seen
