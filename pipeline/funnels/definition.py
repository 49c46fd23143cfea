"""A funnel as a TOML file declares it: docs/FUNNELS.md explains each word."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import InputError
from pipeline.funnels.conditions import check

Order = Literal["ordered", "strict", "any"]
Excluded = Literal["leave", "stay"]
Value = Literal["first", "last", "step"]

MOST_STEPS = 12
LARGEST = 256 * 1024
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_LONGEST = 100 * 366 * _SECONDS["day"]
_WINDOW = re.compile(r"(\d+) +(second|minute|hour|day|week)s?")
_EXPECTED_WINDOW = 'a whole number and a unit: "14 days", "3600 seconds"; at most 100 years'


def _in_seconds(value: Any) -> Any:
    """Read "14 days" as seconds: a day is 24 hours (docs/METRICS.md, rule 2)."""
    found = _WINDOW.fullmatch(value.strip()) if isinstance(value, str) else None
    seconds = int(found[1]) * _SECONDS[found[2]] if found else 0
    if not 1 <= seconds <= _LONGEST:
        raise ValueError(f"{value!r}; expected {_EXPECTED_WINDOW}")
    return seconds


Window = Annotated[int, BeforeValidator(_in_seconds)]
Condition = Annotated[str, BeforeValidator(check)]
EventName = Annotated[str, Field(min_length=1)]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Step(_Words):
    """One step: an event, and a condition on its properties.

    optional: the next step may be reached without it. window: seconds from the step reached
    before it, boundary inclusive.
    """

    event: EventName
    where: Condition | None = None
    optional: bool = False
    window: Window | None = None


class Exclusion(_Words):
    """An event that must not lie between reaching two steps, counted from 1."""

    event: EventName
    from_step: int
    to_step: int
    where: Condition | None = None


class Breakdown(_Words):
    """By what the persons are told apart: a property, and whose value of it counts.

    value: the first or the last that a step reached by the person has, or that of one `step`.
    """

    by: EventName
    value: Value = "first"
    step: int | None = None


class Funnel(_Words):
    """A funnel. window: seconds from the entry, boundary inclusive.

    excluded: what becomes of an actor whose chain holds an excluded event; `leave` the funnel
    unless told otherwise (`stay` where the steps come in any order).
    """

    name: EventName
    order: Order = "ordered"
    window: Window = 30 * _SECONDS["day"]
    steps: tuple[Step, ...] = Field(strict=False, min_length=1, max_length=MOST_STEPS)
    exclusions: tuple[Exclusion, ...] = Field(default=(), strict=False)
    excluded: Excluded | None = None
    breakdown: Breakdown | None = None

    @property
    def leaves(self) -> bool:
        """Whether an actor whose deepest chain is excluded leaves the whole funnel."""
        return (self.excluded or ("stay" if self.order == "any" else "leave")) == "leave"

    @model_validator(mode="after")
    def _means_something(self) -> "Funnel":
        if self.steps[0].optional:
            raise ValueError("steps.1.optional: the first step starts the clock; expected false")
        if self.steps[0].window is not None:
            raise ValueError("steps.1.window: no step comes before the first; expected none")
        for number, exclusion in enumerate(self.exclusions, 1):
            self._check_range(number, exclusion)
        if self.breakdown is not None:
            self._check_breakdown(self.breakdown)
        if self.order == "any":
            self._check_any_order()
        return self

    def _check_breakdown(self, breakdown: Breakdown) -> None:
        if breakdown.value != "step" and breakdown.step is not None:
            raise ValueError(
                f"breakdown.step: has no meaning with value = {breakdown.value!r}; expected none,"
                ' or value = "step"'
            )
        last = len(self.steps)
        if breakdown.value == "step" and not 1 <= (breakdown.step or 0) <= last:
            raise ValueError(
                f"breakdown.step: {breakdown.step}; expected the number of a step, 1 to {last}"
            )

    def _check_range(self, number: int, exclusion: Exclusion) -> None:
        begin, end, last = exclusion.from_step, exclusion.to_step, len(self.steps)
        if not 1 <= begin < end <= last:
            raise ValueError(
                f"exclusions.{number}: from_step {begin}, to_step {end}; expected a range inside"
                f" the funnel: 1 <= from_step < to_step <= {last}"
            )

    def _check_any_order(self) -> None:
        for number, step in enumerate(self.steps, 1):
            for key, given in (("optional", step.optional), ("window", step.window)):
                if given:
                    raise ValueError(
                        f'steps.{number}.{key}: has no meaning with order = "any", where no step'
                        ' comes before another; expected none, or order = "ordered"'
                    )
        for number, exclusion in enumerate(self.exclusions, 1):
            if (exclusion.from_step, exclusion.to_step) != (1, len(self.steps)):
                raise ValueError(
                    f'exclusions.{number}: with order = "any" an exclusion lies between the first'
                    f" and the last step reached; expected from_step = 1, to_step ="
                    f" {len(self.steps)}"
                )


def read_definition(path: Path) -> Funnel:
    """Read a funnel. InputError names the file, the key, what was found and what is expected."""
    try:
        data = path.read_bytes()
        if len(data) > LARGEST:
            raise ValueError(f"more than {LARGEST:,} bytes")
        keys = tomllib.loads(data.decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path}: cannot be read ({error}); expected a funnel in TOML and UTF-8,"
            " see docs/FUNNELS.md"
        ) from None
    try:
        return Funnel.model_validate(keys)
    except ValidationError as error:
        wrong = "\n  ".join(_said(found) for found in error.errors())
        raise InputError(f"{path}: {wrong}\n  docs/FUNNELS.md explains every key") from None


_EXPECTED = {
    "missing": "nothing found; this key is required",
    "bool_type": "expected true or false",
    "string_type": "expected a text in quotes",
    "string_too_short": "found an empty text; expected the name of an event, or of the funnel",
    "int_type": "expected a whole number",
    "tuple_type": "expected a list of tables, [[steps]] or [[exclusions]]",
    "model_type": "expected a table of keys",
    "model_attributes_type": "expected a table of keys",
}
_KEYS: dict[str, type[BaseModel]] = {
    "steps": Step,
    "exclusions": Exclusion,
    "breakdown": Breakdown,
}


def _said(found: Any) -> str:
    """Say one finding of pydantic's as: key, what was found, what is expected."""
    place = [part + 1 if isinstance(part, int) else part for part in found["loc"]]
    key = ".".join(map(str, place))
    match found["type"]:
        case "extra_forbidden":
            known = _KEYS.get(str(place[0]), Funnel) if len(place) > 1 else Funnel
            return f"key {key}: not known; expected one of {', '.join(known.model_fields)}"
        case "value_error":
            return f"key {key}: {found['ctx']['error']}" if key else f"key {found['ctx']['error']}"
        case "literal_error":
            return f"key {key}: {found['input']!r}; expected {found['ctx']['expected']}"
        case "too_long" | "too_short":
            count = found["ctx"]["actual_length"]
            return f"key {key}: {count} steps; expected 1 to {MOST_STEPS}"
        case kind:
            said = _EXPECTED.get(kind, found["msg"])
            value = "" if kind in ("missing", "string_too_short") else f"{found['input']!r}; "
            return f"key {key}: {value}{said}"
