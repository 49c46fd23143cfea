"""Chinese names of the published columns: the headers of what is taken to Excel."""

import tomllib
from functools import cache
from importlib.resources import files

from pipeline.errors import ModelError

_FILE = "names.toml"


def chinese(column: str) -> str:
    """Give the Chinese name of a published column; ModelError where nobody gave it one."""
    try:
        return _names()[column]
    except KeyError:
        raise ModelError(f"{column}: no Chinese name in {__package__}/{_FILE}; add one") from None


@cache
def _names() -> dict[str, str]:
    return tomllib.loads(files(__package__).joinpath(_FILE).read_text(encoding="utf-8"))
