"""What is wrong with a delivery, said in Chinese to whoever delivered it.

The reasons are raised, stored and counted in English, where they stay the same from run to run;
the people who read them on a screen or the page get these words. `{}` stands for what a reason
names, `{say}` for a reason inside another.
"""

import re
from functools import cache

from pipeline.ingest.chinese import cells, databases, files

__all__ = ["chinese"]

_WIDEST = (
    ("a {} without {}", "{} 缺少 {}"),
    ("{} ({})", "{}（{}）"),
)
"""What would also match sentences of the others; tried last."""

_SENTENCES = (*files.SENTENCES, *cells.SENTENCES, *databases.SENTENCES, *_WIDEST)


def chinese(text: str) -> str:
    """Give a reason in Chinese; what has no Chinese words yet stays as it is."""
    found, expects, rest = text.partition("; expected ")
    if expects:
        wanted, action = _parted(rest)
        said = f"{chinese(found)}；应为{chinese(wanted)}"
        return f"{said}：{chinese(action)}" if action else said
    for pattern, words in _patterns():
        if match := pattern.fullmatch(text):
            parts = (
                chinese(part) if name.startswith("say") else part
                for name, part in match.groupdict().items()
            )
            return words.format(*parts)
    return text


def _parted(rest: str) -> tuple[str, str]:
    """Part what was expected from what to do: where both are known, else at the last colon."""
    places = [match.start() for match in re.finditer(": ", rest)]
    parts = [(rest[:at], rest[at + 2 :]) for at in places]
    known = (pair for pair in parts if all(chinese(part) != part for part in pair))
    return next(known, parts[-1] if parts else (rest, ""))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (_pattern(sentence), words.replace("{say}", "{}")) for sentence, words in _SENTENCES
    )


def _pattern(sentence: str) -> re.Pattern[str]:
    """Match a sentence; the groups are numbered in their order, those to translate named so."""
    parts = re.split(r"(\{say\}|\{\})", sentence)
    names = {"{say}": "say", "{}": "as_is"}
    groups = (
        f"(?P<{names[part]}{index}>.+?)" if part in names else re.escape(part)
        for index, part in enumerate(parts)
    )
    return re.compile("".join(groups), re.DOTALL)
