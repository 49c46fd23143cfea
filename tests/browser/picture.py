"""Take the README's picture of a page: `python tests/browser/picture.py PAGE.html PICTURE.png`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def take(page: Path, picture: Path) -> None:
    """Write the top of a page, 1280 by 1500, once all its charts are drawn."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        tab = browser.new_page(viewport={"width": 1280, "height": 1500})
        tab.goto(page.resolve().as_uri())
        tab.wait_for_selector('html[data-ready="1"]')
        tab.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
