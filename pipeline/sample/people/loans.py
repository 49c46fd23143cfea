"""What other systems of the bank know: shop loans, and the bookings that videos lead to."""

import numpy as np

from pipeline.sample.arrays import Flags
from pipeline.sample.people.arrivals import Visits
from pipeline.sample.people.eventlog import EventLog
from pipeline.sample.people.instants import after
from pipeline.sample.people.programme import UNCODED, Programme

LOOKS, AUTHORISED, APPLIES, DRAWS = 0.11, 0.62, 0.74, 0.78
BOOKS, SIGNS = 0.14, 0.66
VIDEO = ("wechat_channels", "douyin", "kuaishou", "bilibili")


def record_loans(chance: np.random.Generator, log: EventLog, visits: Visits) -> None:
    """Record how far those went who looked at the page of the shop loan after a visit."""
    looks = (visits.account != UNCODED) & (chance.random(len(visits.at)) < LOOKS)
    person, at = visits.person[looks], after(chance, visits.at[looks], 0.3)
    codes = visits.codes[looks]
    log.add("loan_page", person, at, source_code=codes, product_line="loan")
    for event_type, share, days in (
        ("loan_authorised", AUTHORISED, 2.0),
        ("loan_application", APPLIES, 3.0),
        ("loan_drawn", DRAWS, 5.0),
    ):
        goes_on = chance.random(len(person)) < share
        person, at = person[goes_on], after(chance, at[goes_on], days)
        cents = (chance.integers(3, 60, len(person)) * 1_000_000).astype(np.int64)
        drawn = cents if event_type == "loan_drawn" else None
        log.add(event_type, person, at, product_line="loan", cents=drawn)


def record_video_bookings(
    chance: np.random.Generator, programme: Programme, log: EventLog, visits: Visits
) -> None:
    """Record the bookings, and the signings, of those who came through a video of no branch."""
    books = _through_videos(programme, visits) & (chance.random(len(visits.at)) < BOOKS)
    person, at = visits.person[books], after(chance, visits.at[books], 1.5)
    log.add("branch_booking", person, at, product_line="account")
    signs = chance.random(len(person)) < SIGNS
    log.add("branch_signing", person[signs], after(chance, at[signs], 4.0), product_line="account")


def _through_videos(programme: Programme, visits: Visits) -> Flags:
    videos = [one.platform in VIDEO and one.tier != "branch" for one in programme.accounts]
    found: Flags = np.array([*videos, False])[visits.account]  # UNCODED is -1, the last
    return found
