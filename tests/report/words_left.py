"""Find what a section still says in Chinese."""

import re
from dataclasses import asdict

from pipeline.report.view import Section

CHINESE = re.compile(r"[\u3400-\u9fff\uff01-\uff5e\u3000-\u303f]")


def chinese(section: Section, *, but: frozenset[str] = frozenset()) -> set[str]:
    """Give every text of the section with a Chinese sign in it, but the data's own."""
    return {text for text in _texts(asdict(section)) if CHINESE.search(text)} - but


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []
