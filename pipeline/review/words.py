"""The data files beside the code."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_CLASS = re.compile(r"(?P<alone>')?\{([a-z_]+)\}(?(alone)')")


@cache
def language(name: str) -> dict[str, Any]:
    """Read language/<name>.toml."""
    return parsed(_text(name))


def parsed(text: str) -> dict[str, Any]:
    """Read TOML in which `{name}` stands for any word of that class of language/classes.toml.

    ValueError says what cannot be read, or which class there is none of.
    """
    return tomllib.loads(_spelled_out(text, _classes()))


@cache
def characters(name: str) -> list[str]:
    """Read the lines of characters/<name>.txt, without its comments."""
    text = (_HERE / "characters" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def rule_files() -> list[Path]:
    """Give the files of the rules that ship, one a category."""
    return sorted((_HERE / "rules").glob("*.toml"))


@cache
def _classes() -> dict[str, str]:
    """Give the pattern of each class; a class may hold those above it."""
    found: dict[str, str] = {}
    for name, words in tomllib.loads(_text("classes")).items():
        found[name] = _spelled_out("|".join(words), found)
    return found


def _spelled_out(text: str, classes: dict[str, str]) -> str:
    def of(match: re.Match[str]) -> str:
        if (words := classes.get(match[2])) is None:
            raise ValueError(f"{match[0]} is no word class of language/classes.toml")
        return f"'{words}'" if match["alone"] else f"(?:{words})"

    return _CLASS.sub(of, text)


def _text(name: str) -> str:
    return (_HERE / "language" / f"{name}.toml").read_text(encoding="utf-8")
