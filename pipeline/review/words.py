"""The data files beside the code."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def language(name: str) -> dict[str, Any]:
    """Read language/<name>.toml."""
    return tomllib.loads((_HERE / "language" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def characters(name: str) -> list[str]:
    """Read the lines of characters/<name>.txt, without its comments."""
    text = (_HERE / "characters" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def rule_files() -> list[Path]:
    """Give the files of the rules that ship, one a category."""
    return sorted((_HERE / "rules").glob("*.toml"))
