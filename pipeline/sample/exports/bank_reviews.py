"""content-reviews.csv: what the bank's own review decided of drafts before they went out.

Machines write more than people, and more of what they write is sent back.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np

from pipeline.sample.arrays import stream
from pipeline.sample.exports.bank_files import bank_folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.timeline import DAY, SHANGHAI, WEEK, Timeline
from pipeline.sample.writers.delimited import BOM, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell

WEEKS = 8
A_WEEK = 2.5  # drafts of an account
BY_AI = 0.6
FIRST = {
    "human": {"pass": 0.82, "reject": 0.08, "revise": 0.10},
    "ai": {"pass": 0.66, "reject": 0.18, "revise": 0.16},
}
FOUND = ("promise_return.certain", "exaggeration.hurry", "absolute_terms.strong")
LOOKED_AT_AGAIN, MISSED = 0.15, 0.1

HEADER = [
    *("reviewed_at", "account_id", "content_id", "text_hash", "author", "stage"),
    *("reviewer", "decision", "rule_ids", "rule_set_version"),
]


def write_reviews(inbox: Path, audiences: list[Audience], timeline: Timeline, seed: int) -> None:
    """Write the decisions of the last weeks into the last delivery."""
    accounts = sorted(one.account.account_id for one in audiences)
    rows = [row for name in accounts for row in _of(stream(seed, "reviews", name), name, timeline)]
    path = bank_folder(inbox, timeline.end) / "content-reviews.csv"
    write_csv(path, HEADER, rows, Dialect(BOM))


def _of(chance: np.random.Generator, account: str, timeline: Timeline) -> Iterator[list[Cell]]:
    first = timeline.end - WEEKS * WEEK
    for number in range(int(chance.poisson(A_WEEK * WEEKS))):
        day = first + int(chance.integers(WEEKS * 7 - 1)) * DAY
        for row in _draft(chance, f"{account}-D{number:04d}", day):
            if str(row[0])[:10] < timeline.end.isoformat():
                yield [row[0], account, *row[1:], None]


def _draft(chance: np.random.Generator, content: str, day: date) -> Iterator[list[Cell]]:
    """Give the decisions on a draft, its correction, and a second look at some that passed."""
    author = "ai" if chance.random() < BY_AI else "human"
    shares = FIRST[author]
    decided = str(chance.choice(list(shares), p=list(shares.values())))
    at = datetime.combine(day, time(9), SHANGHAI) + timedelta(minutes=int(chance.integers(480)))
    found = None if decided == "pass" else str(chance.choice(FOUND))

    def row(moment: datetime, version: int, stage: str, decision: str) -> list[Cell]:
        words = hashlib.sha256(f"{content} {version}".encode()).hexdigest()[:32]
        rules = found if decision != "pass" else None
        known = [moment.isoformat(), content, words, author, stage, "human", decision]
        return [*known, rules]

    yield row(at, 1, "pre", decided)
    corrected = at + timedelta(minutes=int(chance.lognormal(6, 0.9)))
    if decided != "pass" and chance.random() < 0.9:
        yield row(corrected, 2, "pre", "pass")
    if decided == "pass" and chance.random() < LOOKED_AT_AGAIN:
        found = str(chance.choice(FOUND))
        missed = "reject" if chance.random() < MISSED else "pass"
        yield row(at + 3 * DAY, 1, "post", missed)
