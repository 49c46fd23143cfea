"""Open a page in headless Chromium: `python -m bench.browser CHROMIUM PAGE.html` prints seconds.

From the start of the navigation, by the browser's own clock, until the first chart stands, and
until all do. The browser's own start is not in it.
"""

import json
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WATCH = """window.seen = {};
new MutationObserver(() => {
    const now = performance.now() / 1000;
    if (document.querySelector('.plot .main-svg')) seen.first ??= now;
    if (document.documentElement?.dataset.ready) seen.all ??= now;
}).observe(document, { subtree: true, childList: true, attributeFilter: ['data-ready'] });"""


def open_page(chromium: str, page: Path) -> dict[str, float]:
    """Give the seconds until the `first` chart and until `all` of them are drawn."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        tab.add_init_script(WATCH)
        tab.goto(page.resolve().as_uri())
        tab.wait_for_selector('html[data-ready="1"]')
        seen: dict[str, float] = tab.evaluate("seen")
        browser.close()
    return seen


if __name__ == "__main__":
    print(json.dumps(open_page(sys.argv[1], Path(sys.argv[2]))))
