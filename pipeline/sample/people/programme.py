"""How the programme's arrivals spread over accounts and weeks, and which codes they carry."""

from dataclasses import dataclass

import numpy as np

from pipeline.sample import story
from pipeline.sample.accounts import Account
from pipeline.sample.arrays import Floats, Ints, Words
from pipeline.sample.people.instants import SECONDS
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.platforms.codes import CodeChoice, code_choice
from pipeline.sample.timeline import Timeline, epoch

UNCODED = -1


@dataclass(frozen=True)
class Programme:
    """`shares` [account, week] of coded arrivals add up to one; weeks in order of time."""

    timeline: Timeline
    accounts: list[Account]
    choices: list[CodeChoice]
    shares: Floats
    becoming: Floats  # [account, week], rate of new customers

    def account_weeks(self, chance: np.random.Generator, count: int) -> tuple[Ints, Ints]:
        """Draw account and week of coded arrivals."""
        chosen = chance.choice(self.shares.size, size=count, p=self.shares.ravel())
        return chosen // self.timeline.weeks, chosen % self.timeline.weeks

    def weeks(self, chance: np.random.Generator, count: int) -> Ints:
        """Draw weeks of arrivals that carry no code: they follow the programme's growth."""
        sizes = np.array(
            [story.growth(self.timeline.weeks - 1 - w) for w in range(self.timeline.weeks)]
        )
        drawn: Ints = chance.choice(self.timeline.weeks, size=count, p=sizes / sizes.sum())
        return drawn

    def week(self, at: Ints) -> Ints:
        """Return the number of the programme week an instant lies in."""
        number = (at - epoch(self.timeline.start)) // (7 * SECONDS)
        return np.clip(number, 0, self.timeline.weeks - 1)

    def codes(self, chance: np.random.Generator, account: Ints, at: Ints) -> tuple[Words, Words]:
        """Draw source code and product line of each arrival or click; None where uncoded."""
        codes = np.full(len(at), None, dtype=object)
        lines = np.full(len(at), None, dtype=object)
        days = (at - epoch(self.timeline.first_post_day)) // SECONDS
        for number, choice in enumerate(self.choices):
            mine = np.flatnonzero(account == number)
            chosen = choice.draw(chance, np.clip(days[mine], 0, self.timeline.post_days - 1))
            codes[mine], lines[mine] = choice.codes[chosen], choice.product_lines[chosen]
        return codes, lines

    def trait(self, name: str, account: Ints, uncoded: float) -> Floats:
        """Return a trait of each person's account, or the rate of those without a code."""
        values = np.array([getattr(one.traits, name) for one in self.accounts] + [uncoded], float)
        return values[account]  # UNCODED is -1, the last


def programme(timeline: Timeline, audiences: list[Audience]) -> Programme:
    """Return the programme of the accounts with the story in it."""
    found = [audience.account for audience in audiences]
    weeks = range(timeline.weeks - 1, -1, -1)
    shares = np.array(
        [
            [
                one.traits.arrivals
                * story.growth(week)
                * story.arrivals_factor(one.account_id, one.unit_id, week)
                for week in weeks
            ]
            for one in found
        ]
    )
    becoming = np.array(
        [
            [one.traits.becomes * story.becoming_factor(one.account_id, week) for week in weeks]
            for one in found
        ]
    )
    choices = [code_choice(audience) for audience in audiences]
    return Programme(timeline, found, choices, shares / shares.sum(), becoming)
