"""The SQL that counts a funnel over the view `events_file`, by the way its words ask for.

Two passes: `reached` finds for every person and step the latest entry that reaches it, `moments`
goes once more over what followed the entry that counts, to see when each step was reached.
"""

from dataclasses import dataclass

from pipeline.funnels import any_order, chain, instants
from pipeline.funnels.definition import Funnel
from pipeline.funnels.events import Events
from pipeline.funnels.rows import Fitting, person_rows


@dataclass(frozen=True)
class Counting:
    """A funnel and the file it is counted over."""

    funnel: Funnel
    events: Events
    fitting: Fitting

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
        """The window in the ticks of the file."""
        return self.funnel.window * self.events.ticks

    @property
    def wanted(self) -> str:
        """Which events are looked at: in strict order every one may interrupt."""
        if self.funnel.order == "strict":
            return "true"
        return " or ".join((*self.fitting.steps, *self.fitting.exclusions))

    def rows(self) -> str:
        """Select the persons' events with what they fit."""
        fitting = self.fitting
        if self.plain:
            return person_rows(self.events, self.wanted, f"{chain.step_of(fitting.steps)} as step")
        columns = [f"{fitting.steps[0]} as starts"]
        columns += [f"{fits} as fits_{step}" for step, fits in enumerate(fitting.steps, 1)]
        columns += [f"{x} as excluded_{n}" for n, x in enumerate(fitting.exclusions, 1)]
        if self.funnel.order == "any":
            columns.append(f"{' or '.join(fitting.exclusions) or 'false'} as excluded")
        return person_rows(self.events, self.wanted, ", ".join(columns))

    def reached(self) -> str:
        """Select person, step, entry and, where the excluded may leave, clean."""
        return self._reached(self.rows())

    def levels(self) -> str:
        """Select person, level (the deepest step reached) and entry from a table `reached`."""
        clean = "having max_by(coalesce(clean, entry - 1), step) = max_by(entry, step)"
        leaving = clean if self.funnel.leaves and self.funnel.exclusions else ""
        return (
            "select person, max(step) as level, max_by(entry, step) as entry from reached"
            f" group by person {leaving}"
        )

    def moments(self) -> str:
        """Select person, step and moment: when each step was reached, from a table `levels`."""
        joined = (
            f"from ({self.rows()}) as event_rows join levels using (person)"
            f" where level > 1 and t between entry and entry + {self.window}"
        )
        if self.plain:
            only = f"select person, t, step {joined} and step <= level"
            return self._reached(f"{only} and (step > 1 or t = entry)")
        columns = [f"fits_{step}" for step, _ in enumerate(self.fitting.steps, 1)]
        columns += [f"excluded_{number}" for number, _ in enumerate(self.fitting.exclusions, 1)]
        if self.funnel.order == "any":
            after = f"select person, t, {', '.join(columns)}, excluded {joined}"
            return any_order.moments(after, self.fitting.sharing)
        starts = "starts and t = entry as starts"
        return self._reached(f"select person, t, {starts}, {', '.join(columns)} {joined}")

    def _reached(self, rows: str) -> str:
        funnel, sharing = self.funnel, self.fitting.sharing
        if self.plain:
            return chain.reached(rows, len(funnel.steps), self.window)
        if funnel.order == "any":
            return any_order.reached(
                rows, sharing, self.window, funnel.leaves, bool(funnel.exclusions)
            )
        return instants.reached(rows, instants.Chains(funnel, sharing, self.events.ticks))
