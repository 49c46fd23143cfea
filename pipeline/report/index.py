"""The index of all weeks and months with a page in the folder, in each language."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from pipeline.report import markup, words
from pipeline.report.language import LOCALES, Language, locale, speaking

_ENDINGS = "|".join(re.escape(one.file) for one in LOCALES.values())
WEEK_PAGE = re.compile(rf"(\d{{4}}-W\d{{2}})(?:{_ENDINGS})")
MONTH_PAGE = re.compile(rf"(\d{{4}}-\d{{2}})(?:{_ENDINGS})")
HEADLINE = re.compile(r'<meta name="funnel:headline" content="([^"]*)">')


@dataclass(frozen=True)
class Listed:
    """A page as the index lists it, and the same page in the other language."""

    name: str  # of its week or month
    file: str
    headline: str
    other: str  # empty where there is none


def render(
    folder: Path, bank_name: str, language: Language = "zh", *, for_outside: bool = False
) -> str:
    """Give the HTML of the weeks, then the months, with a page in `folder`, the newest first."""
    with speaking(language):
        lists = {"weeks": _all(folder, WEEK_PAGE), "months": _all(folder, MONTH_PAGE)}
        template = markup.environment().get_template("index.html")
        told = {"bank_name": bank_name, "audience": words.audience(for_outside)}
        page_js = markup.source("page.js")
        csp = markup.policy(markup.hash_of(page_js))
        return template.render(**lists, **told, csp=csp, page_js=Markup(page_js))


def _all(folder: Path, pattern: re.Pattern[str]) -> list[Listed]:
    """The pages whose names are of one kind, the newest first."""
    found = (pattern.fullmatch(path.name) for path in folder.iterdir())
    names = {match[1] for match in found if match}
    return [_listed(folder, name) for name in sorted(names, reverse=True)]


def _listed(folder: Path, name: str) -> Listed:
    """A page by its page in the language spoken, or in the other where there is no such page."""
    files = [f"{name}{one.file}" for one in (locale(), markup.other())]
    file, *other = (file for file in files if (folder / file).is_file())
    found = HEADLINE.search((folder / file).read_text(encoding="utf-8"))
    headline = html.unescape(found[1]) if found else ""
    return Listed(name, file, headline, "".join(other))
