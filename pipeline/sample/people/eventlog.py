"""Events of the bank's own systems, collected as columns."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipeline.sample.arrays import Ints, Words
from pipeline.sample.people.instants import NEVER

ANONYMOUS = -1


class EventLog:
    """Collects events up to an end; later ones have not happened yet."""

    def __init__(self, end: int) -> None:
        """Keep events before `end`, in seconds since 1970 UTC."""
        self._end = end
        self._parts: list[pd.DataFrame] = []

    def add(
        self,
        event_type: str,
        person: Ints,
        at: Ints,
        *,
        source_code: Words | None = None,
        product_line: Words | str | None = None,
        cents: Ints | None = None,
        outcome: tuple[Ints, Words] | None = None,
    ) -> None:
        """Add one kind of event: persons (ANONYMOUS where unknown) and instants, side by side.

        `cents` are yuan cents; `outcome` is when a subscription's cooling-off ends, and how.
        """
        part = pd.DataFrame({"at": at, "person": person})
        part["event_type"] = event_type
        part["source_code"] = source_code
        part["product_line"] = product_line
        part["cents"] = 0 if cents is None else cents
        part["decided_at"] = NEVER if outcome is None else outcome[0]
        part["decision"] = None if outcome is None else outcome[1]
        self._parts.append(part[part["at"] < self._end])

    def frame(self) -> pd.DataFrame:
        """Return all events in order of time, equal instants in the order they were added."""
        parts: Sequence[pd.DataFrame] = [
            part.astype({name: object for name in part if part[name].dtype.kind not in "iu"})
            for part in self._parts
        ]
        return pd.concat(parts, ignore_index=True).sort_values("at", kind="stable")


def where(mask: np.typing.NDArray[np.bool_], instants: Ints) -> Ints:
    """Return the instants, NEVER where the mask is false."""
    return np.where(mask, instants, NEVER)
