"""Names of a file in the form they are compared in."""

import unicodedata


def tidy(header: str) -> str:
    """Write a name in the form that is compared: NFKC (brackets of both widths), stripped."""
    return unicodedata.normalize("NFKC", header).strip()
