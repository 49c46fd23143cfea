"""Ids that a bank gives its rows, such as `event_id`: whether one is made of a person's number.

These are kept as they come, millions a file, and most are numbers themselves. So a long number is
a person's only where more speaks for it than its length, and a stretch of hexadecimal digits of a
usual width (a UUID, a digest) is none, whatever digits it happens to hold:

- a mobile number: 11 digits in its form, apart from other digits. A sequence can look like one, but
  only beyond its first 13,000,000,000; it is refused as well, all of it and therefore at once seen.
- an identity number: area, a birthday before 2020 and the check digit (GB 11643-1999). Ids with
  the day of their event in them hold a later one.
- a card number: an issuer's prefix in the width that it has, and Luhn's sum (ISO/IEC 7812-1).

tests/privacy/test_row_ids.py counts how many ids of usual makes are refused by chance.
"""

import re
import unicodedata

from pipeline.privacy.free_text import MAIL_ADDRESS, is_card, is_identity

_MOBILE = r"(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
_AREA = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|[78]1|8[2-3]|91)\d{4}"
_BIRTHDAY = r"(?:19\d\d|20[01]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = rf"{_AREA}[ -]?{_BIRTHDAY}[ -]?\d{{3}}[\dXx]"
# Of 17 and 18 digits only those of Bank of Communications and Industrial Bank: a counter of
# microseconds, or 64 bits of time and machine, stays within 62… for days and weeks.
_CARD = "|".join(
    (
        r"(?:4\d|5[1-5]|62|35)\d{2}(?:[ -]?\d{4}){3}",
        r"(?:6222[56]|60142|40551)\d{12}",
        r"(?:62290|96666|43858)\d{13}",
        r"(?:62\d{4}|955\d{3}|436742)[ -]?\d{13}",
        r"62\d{2}(?:[ -]\d{4}){3}[ -]\d{3}",
    )
)
_NUMBER = f"{_MOBILE}|{_IDENTITY}|{_CARD}"
_NUMBERS = re.compile(rf"(?<!\d)(?:{_NUMBER})(?!\d)")
_DIGITS = re.compile(r"[0-9Xx]+")
_OF_WIDTH = "|".join(rf"[0-9a-f]{{{width}}}" for width in (16, 24, 32, 40, 64))
_HEXADECIMAL = re.compile(
    rf"(?<![0-9a-z])(?:[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}"
    rf"|(?=[0-9]*[a-f])(?:{_OF_WIDTH}))(?![0-9a-z])",
    re.IGNORECASE,
)

DOUBTFUL = rf"@|[^\x00-\x7f\p{{Han}}]|(?:^|\D)(?:{_NUMBER})(?:$|\D)"
"""An RE2 expression that matches every id `names_person` may say yes to, and few others."""


def names_person(row_id: str) -> bool:
    """Say whether an id holds a mobile, identity or card number, or an address of mail."""
    written = unicodedata.normalize("NFKC", row_id)
    if MAIL_ADDRESS.search(written):
        return True
    rest = _HEXADECIMAL.sub("·", written)
    return any(_is_of_person("".join(_DIGITS.findall(m[0]))) for m in _NUMBERS.finditer(rest))


def _is_of_person(digits: str) -> bool:
    if re.fullmatch(_IDENTITY, digits) and is_identity(digits.upper()):
        return True
    if re.fullmatch(_CARD, digits) and is_card(digits):
        return True
    return re.fullmatch(_MOBILE, digits) is not None
