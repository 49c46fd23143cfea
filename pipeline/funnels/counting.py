"""The SQL that counts a funnel over some events, by the way its words ask for.

Two passes: `reached` finds for every person and step the latest entry that reaches it, `moments`
goes once more over what followed the entry that counts, to see when each step was reached. Where
entries are told apart by period, a person is counted once for each period with an entry, from the
entries of that period alone.
"""

from dataclasses import dataclass
from typing import Protocol

from pipeline.funnels import any_order, chain, instants
from pipeline.funnels.definition import Funnel
from pipeline.funnels.rows import Fitting


class Source(Protocol):
    """Where events come from. ticks: the units of t that make a second."""

    @property
    def ticks(self) -> int:
        """Give the units of t that make a second."""

    def rows(self, wanted: str, columns: str) -> str:
        """Select person, t and columns of the events that are wanted."""


@dataclass(frozen=True)
class Counting:
    """A funnel and the events it is counted over.

    period: SQL over an event for the period it lies in; None where a person is counted once.
    """

    funnel: Funnel
    source: Source
    fitting: Fitting
    period: str | None = None

    @property
    def key(self) -> str:
        """The columns that tell apart whose chains are counted."""
        return "person" if self.period is None else "person, period"

    @property
    def plain(self) -> bool:
        """Whether the shrinking form serves: ordered, one window, no event that fits two steps."""
        funnel = self.funnel
        special = any(step.optional or step.window is not None for step in funnel.steps)
        return (
            funnel.order == "ordered"
            and self.fitting.sharing.alone
            and not special
            and not funnel.exclusions
        )

    @property
    def window(self) -> int:
        """The window in the ticks of the source."""
        return self.funnel.window * self.source.ticks

    @property
    def wanted(self) -> str:
        """Which events are looked at: in strict order every one may interrupt."""
        if self.funnel.order == "strict":
            return "true"
        return " or ".join((*self.fitting.steps, *self.fitting.exclusions))

    @property
    def starting(self) -> str:
        """Which events may start the clock: in any order, those of every step."""
        fits = self.fitting.steps
        return " or ".join(fits) if self.funnel.order == "any" else fits[0]

    def entries(self) -> str:
        """Select person, period and the first and last instant that may start its clock."""
        rows = self.source.rows(self.starting, f"{self.period} as period")
        return (
            "select person, period, min(t) as first_entry, max(t) as last_entry"
            f" from ({rows}) as starting group by person, period"
        )

    def rows(self) -> str:
        """Select key, t and what the events fit; from a table `entries` where there are periods."""
        columns = self._columns()
        named = ", ".join(f"{sql} as {name}" for name, sql in columns.items())
        rows = self.source.rows(self.wanted, named)
        if self.period is None:
            return rows
        # What lies beyond the entries of a period starts no clock; it may still interrupt.
        starts = {"starts": "starts and t <= last_entry as starts"}
        selected = ", ".join(starts.get(name, name) for name in columns)
        only = " and (step > 1 or t <= last_entry)" if self.plain else ""
        return (
            f"select {self.key}, t, {selected} from ({rows}) as event_rows"
            " inner join entries using (person)"
            f" where t between first_entry and last_entry + {self.window}{only}"
        )

    def _columns(self) -> dict[str, str]:
        fitting = self.fitting
        if self.plain:
            return {"step": chain.step_of(fitting.steps)}
        columns = {"starts": self.starting}
        columns |= {f"fits_{step}": fits for step, fits in enumerate(fitting.steps, 1)}
        columns |= {f"excluded_{number}": x for number, x in enumerate(fitting.exclusions, 1)}
        if self.funnel.order == "any":
            columns["excluded"] = " or ".join(fitting.exclusions) or "false"
        return columns

    def reached(self) -> str:
        """Select key, step, entry and, where the excluded may leave, clean."""
        return self._reached(self.rows())

    def levels(self) -> str:
        """Select key, level (the deepest step reached) and entry from a table `reached`.

        Where the excluded leave the funnel, is_excluded says who does.
        """
        return (
            f"select {self.key}, max(step) as level, max_by(entry, step) as entry,"
            f" {self.leaves} as is_excluded from reached group by {self.key}"
        )

    @property
    def leaves(self) -> str:
        """SQL over a key's rows of `reached`: whether its deepest chain leaves the funnel."""
        if self.funnel.leaves and self.funnel.exclusions:
            return "max_by(coalesce(clean, entry - 1), step) < max_by(entry, step)"
        return "false"

    def moments(self) -> str:
        """Select key, step and moment: when each step was reached, from a table `levels`."""
        joined = (
            f"from ({self.rows()}) as event_rows inner join levels using ({self.key})"
            f" where level > 1 and t between entry and entry + {self.window}"
        )
        columns = [name for name in self._columns() if name != "starts"]
        selected = f"select {self.key}, t, {', '.join(columns)}"
        if self.plain:
            rows = f"{selected} {joined} and step <= level and (step > 1 or t = entry)"
            return self._reached(rows)
        if self.funnel.order == "any":
            rows = f"{selected}, true as starts {joined}"
            return any_order.moments(rows, self.fitting.sharing, self.key)
        return self._reached(f"{selected}, starts and t = entry as starts {joined}")

    def times(self) -> str:
        """Select key, step and moment of every step reached: tables `levels` and `moments`."""
        return (
            f"select {self.key}, 1 as step, entry as moment from levels union all"
            f" select {self.key}, step, moment from moments inner join levels using ({self.key})"
            " where step between 2 and level and moment is not null"
        )

    def values(self, by: str) -> str:
        """Select key and value: what the events that reached the steps say, from a table `times`.

        by: SQL over an event. Of events that reach a step at one instant the smallest value counts;
        an event without a value says nothing.
        """
        breakdown = self.funnel.breakdown
        if breakdown is None:
            raise ValueError(f"{self.funnel.name}: has no breakdown")
        fits = self.fitting.steps
        columns = [f"{by} as value", *(f"{fit} as fits_{k}" for k, fit in enumerate(fits, 1))]
        any_step = self.funnel.order == "any"
        reaches = [f"step = {k} and fits_{k}" for k, _ in enumerate(fits, 1)]
        said = (
            f"select {self.key}, step, min(value) as value"
            f" from ({self.source.rows(' or '.join(fits), ', '.join(columns))}) as event_rows"
            " inner join times using (person)"
            f" where t = moment and ({'true' if any_step else ' or '.join(reaches)})"
            f" group by {self.key}, step"
        )
        chosen = {
            "first": "min_by(value, step)",
            "last": "max_by(value, step)",
            "step": f"max(case when step = {breakdown.step} then value end)",
        }[breakdown.value]
        return f"select {self.key}, {chosen} as value from ({said}) as said group by {self.key}"

    def _reached(self, rows: str) -> str:
        funnel, sharing = self.funnel, self.fitting.sharing
        if self.plain:
            return chain.reached(rows, len(funnel.steps), self.window, self.key)
        if funnel.order == "any":
            excludes = bool(funnel.exclusions)
            return any_order.reached(rows, sharing, self.window, funnel.leaves, excludes, self.key)
        chains = instants.Chains(funnel, sharing, self.source.ticks, self.key)
        return instants.reached(rows, chains)
