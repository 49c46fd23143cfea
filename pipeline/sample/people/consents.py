"""Consents to channel analytics: most separate and in force, some bundled, expired, withdrawn.

A few refuse to be addressed personally, too.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.sample.arrays import Flags, Ints, Words
from pipeline.sample.people.instants import NEVER, SECONDS

PURPOSE, OPT_OUT = "channel_analytics", "personalisation"
SEPARATE, BUNDLED = 0.93, 0.03  # of all persons; the rest gave none
WITHDRAWN, EXPIRED = 0.02, 0.02  # of the separate ones
REFUSED = 0.01  # of those who gave consent: no personal marketing
TERM_DAYS = 730


@dataclass(frozen=True)
class Consents:
    """Rows side by side, grants first; `valid_until` is an instant, NEVER for a withdrawal."""

    person: Ints
    purpose: Words
    at: Ints
    action: Words
    separate: Flags
    valid_until: Ints


def consents(
    chance: np.random.Generator, first_seen: Ints, joins: Flags, history_start: int, end: int
) -> Consents:
    """Draw everybody's consent; a joiner's is given right before the first event they are known in.

    `first_seen`: by person, NEVER when no event of theirs is before the end.
    """
    count = len(joins)
    kind = chance.random(count)
    earlier = history_start - chance.integers(20 * SECONDS, 400 * SECONDS, count)
    at = np.where(joins, first_seen - chance.integers(30, 300, count), earlier)
    gives = (kind < SEPARATE + BUNDLED) & (first_seen != NEVER)
    lapses = ~joins & (chance.random(count) < 2 * EXPIRED)  # only old consents can have lapsed
    until = np.where(
        lapses, end - chance.integers(5, 60, count) * SECONDS, at + TERM_DAYS * SECONDS
    )
    withdraws = gives & (kind < SEPARATE) & (chance.random(count) < WITHDRAWN)
    start = np.maximum(at, history_start)
    back = start + (chance.random(count) * (end - start).clip(1)).astype(np.int64)
    refuses = gives & (chance.random(count) < REFUSED)
    asked = start + (chance.random(count) * (end - start).clip(1)).astype(np.int64)
    rows = [np.flatnonzero(mask) for mask in (gives, withdraws, refuses)]
    given, taken, refused = rows
    sizes = [len(each) for each in rows]
    return Consents(
        person=np.concatenate(rows),
        purpose=_words((PURPOSE, PURPOSE, OPT_OUT), sizes),
        at=np.concatenate([at[given], back[taken], asked[refused]]),
        action=_words(("grant", "withdraw", "withdraw"), sizes),
        separate=np.concatenate([kind[given] < SEPARATE, np.ones(sum(sizes[1:]), dtype=bool)]),
        valid_until=np.concatenate([until[given], np.full(sum(sizes[1:]), NEVER)]),
    )


def _words(words: tuple[str, ...], sizes: list[int]) -> Words:
    return np.repeat(np.array(words, dtype=object), sizes)
