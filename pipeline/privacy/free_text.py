"""Free text of other people's, such as comments: what names a person is masked before it is kept.

Masked are telephone, identity and card numbers, whatever stands between their digits, numbers of
customers, addresses of mail and of pages, and handles. A checksum says what a number is, not
whether it goes: any run of eleven digits or more does. Sources: GB 11643-1999 (identity numbers,
MOD 11-2), ISO/IEC 7812-1 (card numbers, Luhn).
"""

import re

PHONE, IDENTITY, CARD, NUMBER = "‹电话›", "‹证件号›", "‹卡号›", "‹号码›"
MAIL, LINK, HANDLE = "‹邮箱›", "‹链接›", "‹用户›"

_BETWEEN = r"[ \t.·_\-—~*/]{0,3}"
LONG_NUMBER = re.compile(rf"(?<!\d)\d(?:{_BETWEEN}\d){{10,}}(?:{_BETWEEN}[xX])?(?!\d)")
"""A phone, a card or an identity number, whoever it belongs to."""
_OLD_IDENTITY = re.compile(r"(?<!\d)\d{14}[xX](?!\w)")
_LANDLINE = re.compile(r"(?<!\d)(?:\(?0\d{2,3}\)?[ -]?)\d{7,8}(?!\d)")
MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"(?:https?://|www\.)[^\s，。！？；、）]+", re.IGNORECASE)
_HANDLE = re.compile(r"[@＠][^\s@＠，。！？；、,!?;:：]{1,30}")
_CONTACT = re.compile(
    r"((?:微信|薇信|威信|vx|wx|v信|qq|扣扣)(?:号|同号)?[ :：是]{0,3})[a-z0-9_\-]{5,20}",
    re.IGNORECASE,
)
_OF_CUSTOMER = re.compile(
    r"((?:客户(?:号|编号|id)|账号|卡号|户号|保单号?|合同号?|工单号?)[ :：是为]{0,3})"
    r"[a-z]{0,4}-?\d{5,}",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"(?<![a-z0-9])[a-z]{1,4}-?\d{7,}(?![a-z0-9])", re.IGNORECASE | re.ASCII)
"""A number as banks give it to a customer, by the word before it or by its letters."""

_NUMBERS_OF_PERSONS = (
    re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"),
    re.compile(r"(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?!\d)"),
    re.compile(r"(?<!\d)[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{3,4}(?:[ -]?\d{1,3})?(?!\d)"),
)
"""Mobile, identity and card numbers in their usual writing, each apart from digits beside it."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def mask_free_text(text: str) -> str:
    """Give a text with a mark in place of whatever names or reaches a person.

    Raises ValueError for a text with a NUL character, which no text has.
    """
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    text = _LINK.sub(LINK, MAIL_ADDRESS.sub(MAIL, text))
    text = _HANDLE.sub(HANDLE, text)
    text = _CONTACT.sub(rf"\g<1>{NUMBER}", text)
    text = _LANDLINE.sub(PHONE, text)
    text = LONG_NUMBER.sub(lambda match: _kind(match[0]), text)
    text = _OLD_IDENTITY.sub(IDENTITY, text)
    return _LETTERED.sub(NUMBER, _OF_CUSTOMER.sub(rf"\g<1>{NUMBER}", text))


def mask_identities(text: str) -> str:
    """Give a text with a mark in place of whatever is an identity by its form and its checksum.

    For what stays readable otherwise: names of files, headers, titles. Only mobile, identity and
    card numbers and addresses of mail go; other numbers, however long, are no one's.
    """
    text = MAIL_ADDRESS.sub(MAIL, text)
    for form in _NUMBERS_OF_PERSONS:
        text = form.sub(_if_of_person, text)
    return text


def _if_of_person(match: re.Match[str]) -> str:
    kind = _kind(match[0])
    return match[0] if kind == NUMBER else kind


def _kind(written: str) -> str:
    digits = "".join(str(int(c)) for c in written if c.isdecimal())
    digits += "X" if written[-1] in "xX" else ""
    if re.fullmatch(r"(?:86)?1[3-9]\d{9}", digits):
        return PHONE
    if is_identity(digits):
        return IDENTITY
    return CARD if is_card(digits) else NUMBER


def is_identity(digits: str) -> bool:
    """Say whether 18 characters are an identity number: the last one checks the others."""
    if not re.fullmatch(r"\d{17}[\dX]", digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return digits[-1] == _CHECKS[total % 11]


def is_card(digits: str) -> bool:
    """Say whether 13 to 19 digits are a card number by Luhn's sum."""
    if not re.fullmatch(r"\d{13,19}", digits):
        return False
    total = sum(
        sum(divmod(int(digit) * (1 + at % 2), 10)) for at, digit in enumerate(reversed(digits))
    )
    return total % 10 == 0
