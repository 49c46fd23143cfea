"""The comment at the top of a model: what it promises, a line each, and what it is in words."""

import re
from pathlib import Path

from pipeline.errors import ModelError
from pipeline.parameters import Parameters

_KEYS = (
    *("grain", "persons", "nested", "beside", "crossed", "alike", "rates"),
    *("per", "reach", "moves", "consent", "measure"),
)
_REACH = re.compile(r"(\w+\.\w+) ([+-])(\w+)")
_DAYS = frozenset(name for name in Parameters.model_fields if name.endswith("_days"))
_ALL = ("-", "all")


def read(text: str) -> dict[str, str]:
    """Read the lines by their keys; what has none is words, under no key."""
    header: dict[str, str] = {"": ""}
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        key, found, value = line.removeprefix("--").strip().partition(": ")
        if found and key in _KEYS:
            header[key] = ", ".join(filter(None, [header.get(key), value]))
        else:
            header[""] += line.removeprefix("--") + "\n"
    return header


def words(header: dict[str, str]) -> str:
    """Give what the model is, as one line."""
    return " ".join(header[""].split())


def required(header: dict[str, str], key: str, file: Path) -> str:
    """Give a line that every model has; ModelError where it is missing."""
    if key not in header:
        raise ModelError(f"{file}: the comment at its top has no line `-- {key}: …`")
    return header[key]


def names(line: str) -> tuple[str, ...]:
    """Read the names of columns; none of them where there is one row."""
    return () if line == "one row" else tuple(re.findall(r"\w+", line))


def persons(line: str) -> dict[str, tuple[str, ...]]:
    """Read columns that count persons, each with those that are withheld with it."""
    return {
        match[1]: names(match[2] or "") for match in re.finditer(r"(\w+)(?:\s*\(([^)]*)\))?", line)
    }


def rates(line: str) -> tuple[tuple[str, str, str], ...]:
    """Read columns that are one column over another: which, of what, by what.

    By nothing ("") where that is no column of the table.
    """
    found = re.findall(r"(\w+) = (\w+) / (\w+|\.\.\.)", line)
    return tuple((name, over, "" if by == "..." else by) for name, over, by in found)


def reach(line: str, file: Path) -> dict[str, tuple[str, str]]:
    """Read how many days each table is seen before a part's own and after them.

    ModelError where an entry is none.
    """
    found: dict[str, tuple[str, str]] = {}
    for entry in filter(None, line.split(", ")):
        match = _REACH.fullmatch(entry)
        if not match or not (
            match[3] in _DAYS or match[3].isdecimal() or match.groups()[1:] == _ALL
        ):
            raise ModelError(
                f"{file}: reaches `{entry}`; expected a table, then - or + and a number of days"
                " or a parameter, or -all"
            )
        name, sign, days = match.groups()
        back, ahead = found.get(name, ("0", "0"))
        found[name] = (days, ahead) if sign == "-" else (back, days)
    return found
