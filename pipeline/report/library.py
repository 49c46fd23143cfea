"""plotly.js, which draws the charts: the small bundle where set-up fetched it, else the wheel's.

The small one (bar and scatter, all that the page draws) lies in the virtual environment, where
`tools/plotly_basic.py` puts it. Both are of the version of the plotly wheel and stand beside the
pages under one name, so that a page is the same with either.
"""

import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from plotly.offline import get_plotlyjs_version


@dataclass(frozen=True)
class Library:
    """A bundle of plotly.js; `small` where it holds no more than the page draws."""

    script: bytes
    small: bool


def version() -> str:
    """Give the version of plotly.js."""
    return str(get_plotlyjs_version())


def file_name() -> str:
    """Give the name of the file beside the pages, whichever bundle it is."""
    return f"plotly-{version()}.min.js"


def basic_bundle() -> Path:
    """Give the place of the small bundle; it need not be there."""
    return Path(sys.prefix) / "share" / "follower-funnel" / f"plotly-basic-{version()}.min.js"


def plotly_js() -> Library:
    """Give the bundle that pages are drawn with."""
    small = basic_bundle()
    if small.is_file():
        return Library(small.read_bytes(), small=True)
    full = files("plotly").joinpath("package_data", "plotly.min.js")
    return Library(full.read_bytes(), small=False)
