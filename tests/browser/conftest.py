from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.report import write
from pipeline.settings import Settings
from tests.report.published_database import draw

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "is_mobile": True, "has_touch": True}
READY = 'html[data-ready="1"]'


@dataclass
class Opened:
    """A page, with everything it said and asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser-home")
    draw(folder / "funnel.duckdb")
    return folder


@pytest.fixture(scope="session")
def reports(home):
    write(Settings(home=home, reports=home / "reports"))
    return home / "reports"


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM.is_file():
        pytest.fail(f"no {CHROMIUM}: run make setup-test")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()


def visitor(browser: Browser, reports: Path):
    """Give a function that opens pages; whatever was opened must have kept quiet in the end."""
    opened: list[Opened] = []

    def go(
        name: str = "2026-W46.html", width: int = 1440, scripts: bool = True, **more: Any
    ) -> Opened:
        viewport = {"width": width, "height": 900}
        one = Opened(browser.new_page(viewport=viewport, java_script_enabled=scripts, **more))
        one.page.on("console", lambda message: one.said.append(f"{message.type}: {message.text}"))
        one.page.on("pageerror", lambda error: one.said.append(str(error)))
        one.page.on("dialog", lambda dialog: (one.said.append("dialog"), dialog.dismiss()))
        one.page.on("request", lambda request: one.asked.append(request.url))
        opened.append(one)
        one.page.goto((reports / name).as_uri())
        if scripts and not name.startswith("index"):
            one.page.wait_for_selector(READY, timeout=60_000)
        return one

    yield go
    for one in opened:
        one.page.close()
    folder = reports.as_uri()
    assert [said for one in opened for said in one.said] == []
    assert all(url.startswith((folder, "data:", "blob:")) for one in opened for url in one.asked)


@pytest.fixture
def visit(browser, reports):
    yield from visitor(browser, reports)


@pytest.fixture(scope="module")
def visit_once(browser, reports):
    yield from visitor(browser, reports)


@pytest.fixture(scope="module")
def desktop(visit_once) -> Page:
    """The page with every figure drawn, shared by tests that only look."""
    return visit_once().page


@pytest.fixture(scope="module")
def static(visit_once) -> Page:
    """The page where scripts are blocked."""
    return visit_once(scripts=False).page
