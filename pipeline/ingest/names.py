"""Types of columns that name a thing: ids, labels, and what the name of a file says."""

import re

import pyarrow as pa

from pipeline.ingest.units import Type, plain_text

label = Type("text, - where there is none", pa.string(), plain_text)


def _matching(pattern: str, text: str, reason: str) -> str:
    if not re.fullmatch(pattern, text):
        raise ValueError(reason)
    return text


def _digits(text: str) -> str:
    """Read a number that is a name; a workbook may hold a short one as 12345.0."""
    if re.fullmatch(r"\d{1,15}\.0", text):
        text = text.removesuffix(".0")
    return _matching(r"\d+", text, "not digits only, or a number that lost some of them")


digits = Type("an id of digits, as text", pa.string(), _digits)
note_id = Type(
    "a note id of 24 hexadecimal digits",
    pa.string(),
    lambda text: _matching(r"[0-9a-f]{24}", text, "not 24 hexadecimal digits"),
)


def _code(text: str) -> str:
    return plain_text(text.removesuffix(".0") if re.fullmatch(r"\d{1,15}\.0", text) else text)


code = Type("a word or a whole number", pa.string(), _code)


def part_of_name(pattern: str, words: str) -> Type:
    """The first group of a pattern that the whole text has to match, as a file's name does."""

    def parse(text: str) -> str:
        if (match := re.fullmatch(pattern, text)) is None:
            raise ValueError("not named so")
        return match[1]

    return Type(words, pa.string(), parse, free=True)
