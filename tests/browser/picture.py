"""Take the pictures of the sample's pages: `python tests/browser/picture.py REPORTS DOCS`."""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# What each picture shows: a page, the width and height of the window, and the colours.
PICTURES = {
    "page.png": ("2026-W46.html", 1280, 1500, "light"),
    "page-dark.png": ("2026-W46.en.html", 1280, 1000, "dark"),
    "page-phone.png": ("2026-W46.html", 390, 844, "light"),
    "page-account.png": ("2026-W46/account-cards-xhs.html", 1280, 1000, "light"),
}


def take(browser: Browser, page: Path, picture: Path, size: dict[str, int], colours: str) -> None:
    """Write the top of a page once all its charts are drawn."""
    tab = browser.new_page(viewport=size, color_scheme=colours)
    tab.goto(page.resolve().as_uri())
    tab.wait_for_selector('html[data-ready="1"]')
    tab.screenshot(path=picture)
    tab.close()


def main(reports: Path, docs: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, (page, width, height, colours) in PICTURES.items():
            take(browser, reports / page, docs / name, {"width": width, "height": height}, colours)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
