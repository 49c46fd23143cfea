"""The language a page is written in: Chinese as it stands in the code, English by the lists here.

Every sentence goes through `say`. A list is a TOML file of `en/`, one for each part of the page:
the Chinese sentence = the English one, with the same names in braces. Where English tells one from
many, the entry is `{ one = "…", other = "…" }`, and the value named `n`, a numeral too, decides.
"""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from pipeline.report.language.locales import ENGLISH, LOCALES, Language, Locale

__all__ = ["LOCALES", "Language", "Locale", "chosen", "locale", "say", "speaking", "spoken"]

_LISTS = Path(__file__).parent / "en"
_ONE = ("1", ENGLISH.numerals[1])
_spoken: ContextVar[Language] = ContextVar("spoken", default="zh")


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Everything said and every number written inside is in `language`."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> Language:
    """Give the language being spoken; Chinese unless told otherwise."""
    return _spoken.get()


def locale() -> Locale:
    """Give how numbers and dates are written in the language being spoken."""
    return LOCALES[spoken()]


def say(sentence: str, **values: object) -> str:
    """Give the Chinese `sentence` in the language being spoken, its braces filled with `values`.

    KeyError names a sentence without an English one: the tests find it before a reader does.
    """
    told = sentence if spoken() == "zh" else _english(sentence, values.get("n"))
    return told.format(**values) if values else told


def chosen(zh: str, en: str) -> str:
    """Give which of two texts, both published, is in the language being spoken."""
    return zh if spoken() == "zh" else en


def _english(sentence: str, n: object) -> str:
    found = english()[sentence]
    return found if isinstance(found, str) else found["one" if str(n) in _ONE else "other"]


@cache
def english() -> dict[str, str | dict[str, str]]:
    """Give every Chinese sentence with its English one, or with its `one` and its `other`."""
    found: dict[str, str | dict[str, str]] = {}
    for path in sorted(_LISTS.glob("*.toml")):
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return found
