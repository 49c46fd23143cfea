"""The page on paper and as a picture: Chromium prints it, through Playwright (extra `pdf`).

Chromium keeps Chinese text searchable in a PDF, and the style sheet says how the page looks on A4.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline.errors import ConfigurationError
from pipeline.report.language import say

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = 'html[data-ready="1"]'  # every chart is drawn
PICTURE = {"width": 1280, "height": 900}
_DATES = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}")


class Printer:
    """A browser that prints pages; it reaches no network.

    Pages are given as one file: links to files beside it would tell in a PDF where they lie.
    """

    def __init__(self, browser: "Browser") -> None:
        self._browser = browser

    def pdf(self, page: bytes, day: date) -> bytes:
        """Give the page on A4, tagged, with an outline; it counts as made on `day`."""
        with self._opened(page) as tab:
            made = tab.pdf(
                prefer_css_page_size=True, print_background=True, tagged=True, outline=True
            )
        # Nothing else in it is of the clock: the same page gives the same bytes.
        return _DATES.sub(rb"/\1 (D:" + f"{day:%Y%m%d}000000".encode(), made)

    def png(self, page: bytes) -> bytes:
        """Give the whole page as one picture."""
        with self._opened(page) as tab:
            return tab.screenshot(full_page=True, animations="disabled")

    @contextmanager
    def _opened(self, page: bytes) -> Iterator["Page"]:
        context = self._browser.new_context(
            viewport={"width": PICTURE["width"], "height": PICTURE["height"]},
            offline=True,
            color_scheme="light",
            reduced_motion="reduce",
        )
        with TemporaryDirectory() as folder:
            file = Path(folder) / "page.html"
            file.write_bytes(page)
            tab = context.new_page()
            tab.goto(file.as_uri())
            tab.wait_for_selector(READY)
            yield tab
        context.close()


@contextmanager
def printer() -> Iterator[Printer]:
    """Start the browser; ConfigurationError says what to install where there is none."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise ConfigurationError(
            say("写 PDF 或图片要用 Playwright：请运行 pip install playwright")
        ) from None
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=_chromium(playwright.chromium.executable_path), args=FLAGS
            )
        except Error as error:
            reason = error.message.strip().splitlines()[0]
            raise ConfigurationError(say("Chromium 没有启动：{reason}", reason=reason)) from None
        yield Printer(browser)
        browser.close()


def _chromium(own: str) -> str:
    """Give Playwright's own browser where it was downloaded, else the system's."""
    found = own if Path(own).is_file() else next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise ConfigurationError(
            say(
                "写 PDF 或图片要用 Chromium，没有找到：Debian 上请以 root 运行 apt-get install"
                " chromium fonts-noto-cjk，其他系统请运行 playwright install chromium"
            )
        )
    return found
