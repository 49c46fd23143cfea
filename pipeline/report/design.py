"""The design tokens of templates/tokens.json, the one place of colours, type and space."""

import json
from functools import cache
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "templates"
TIER_TOKENS = {"head_office": "hq", "line": "line", "branch": "branch"}


@cache
def tokens() -> dict[str, Any]:
    """The design tokens: colours, type, space, markers and dashes."""
    loaded: dict[str, Any] = json.loads((TEMPLATES / "tokens.json").read_text(encoding="utf-8"))
    return loaded


def colour(name: str) -> str:
    """A colour of the light map."""
    return str(tokens()["color"]["light"][name])


def dark_colours() -> dict[str, str]:
    """The dark colour in place of each light one, by which the page repaints its figures.

    This works as long as no two tokens share a light colour; a test sees to it.
    """
    light, dark = tokens()["color"]["light"], tokens()["color"]["dark"]
    return {light[name]: dark[name] for name in light}


def tier_colour(tier: str | None, tint: bool = False) -> str:
    """The colour of a tier, or of its fill; grey for whatever is no tier of the bank's own."""
    token = TIER_TOKENS.get(tier or "")
    if token is None:
        return colour("bar-mute" if tint else "bench")
    return colour(f"tier-{token}-tint" if tint else f"tier-{token}")


def tier_marker(tier: str | None) -> str:
    """The marker of a tier, so that colour is never alone."""
    return str(tokens()["marker"].get(TIER_TOKENS.get(tier or ""), "triangle-up"))


def tier_dash(tier: str | None) -> str:
    """The dash of a tier's line."""
    return str(tokens()["dash"].get(TIER_TOKENS.get(tier or ""), "longdash"))
