"""The reviewers of any days: texts of many years are held each to the rules of its own day."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable

from pipeline.review.reviewer import Reviewer
from pipeline.review.rules import Rule, laws

_DAY = dt.timedelta(days=1)


class Reviewers:
    """Gives the reviewer of a day; days on which the same rules and articles hold share one.

    own_hosts: as `Reviewer` has them.
    """

    def __init__(self, rules: Iterable[Rule], own_hosts: Iterable[str] = ()) -> None:
        self._rules, self._own_hosts = tuple(rules), tuple(own_hosts)
        spans = [(rule.effective_from, rule.effective_to) for rule in self._rules]
        spans += [(law.since, law.until) for law in laws().values()]
        turns = {first for first, _ in spans} | {last + _DAY for _, last in spans if last}
        self._turns = sorted(turns)
        self._made: dict[int, Reviewer] = {}

    def of(self, day: dt.date) -> Reviewer:
        """Give the reviewer that holds texts of a day to its rules."""
        turn = bisect_right(self._turns, day)
        if turn not in self._made:
            self._made[turn] = Reviewer(day, self._rules, self._own_hosts)
        return self._made[turn]
