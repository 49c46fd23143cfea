"""The index of all weeks with a page in the folder, in each language."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.report import markup, words
from pipeline.report.language import LOCALES, Language, locale, speaking

WEEK_PAGE = re.compile(
    rf"(\d{{4}}-W\d{{2}})(?:{'|'.join(re.escape(one.file) for one in LOCALES.values())})"
)
HEADLINE = re.compile(r'<meta name="funnel:headline" content="([^"]*)">')


@dataclass(frozen=True)
class Listed:
    """A page as the index lists it, and the same week's page in the other language."""

    week: str
    file: str
    headline: str
    other: str  # empty where there is none


def render(
    folder: Path, bank_name: str, language: Language = "zh", *, for_outside: bool = False
) -> str:
    """Give the HTML that lists every week with a page in `folder`, the newest first."""
    pages_of = (WEEK_PAGE.fullmatch(path.name) for path in folder.iterdir())
    weeks = {found[1] for found in pages_of if found}
    with speaking(language):
        pages = [_listed(folder, week) for week in sorted(weeks, reverse=True)]
        template = markup.environment().get_template("index.html")
        told = {"bank_name": bank_name, "audience": words.audience(for_outside)}
        return template.render(pages=pages, csp=markup.policy(), **told)


def _listed(folder: Path, week: str) -> Listed:
    """A week by its page in the language spoken, or in the other where there is no such page."""
    files = [f"{week}{one.file}" for one in (locale(), markup.other())]
    file, *other = (file for file in files if (folder / file).is_file())
    found = HEADLINE.search((folder / file).read_text(encoding="utf-8"))
    headline = html.unescape(found[1]) if found else ""
    return Listed(week, file, headline, "".join(other))
