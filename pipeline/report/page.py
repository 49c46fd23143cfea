"""The HTML of the weekly page and of the index of all pages.

Both in each language, each page with a link to the other.
"""

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.report import cells, formats, library, words
from pipeline.report.design import TEMPLATES, dark_colours, tokens
from pipeline.report.facts import Facts
from pipeline.report.findings import findings, headline
from pipeline.report.language import (
    LOCALES,
    Language,
    Locale,
    chosen,
    locale,
    say,
    speaking,
    spoken,
)
from pipeline.report.sections import (
    accounts,
    assets,
    cards,
    content,
    followers,
    funnel,
    journeys,
    quality,
    subscriptions,
    trend,
    watch,
)
from pipeline.report.tiles import tiles
from pipeline.report.titles import titles
from pipeline.report.view import Briefing, Figure, Section

SECTIONS = {
    "funnel": funnel,
    "trend": trend,
    "watch": watch,
    "followers": followers,
    "assets": assets,
    "cards": cards,
    "subscriptions": subscriptions,
    "journeys": journeys,
    "content": content,
    "accounts": accounts,
    "quality": quality,
}
PILLS = {"attention": "需关注", "finding": "发现", "data": "数据提示"}
FIRST = {"findings": "本周要点", "figures-of-the-week": "核心指标"}
COMMON_REASONS = (words.NO_DATA, cells.WHY_WITHHELD, cells.WHY_IMMATURE)
LAST = {"parameters": "参数", "definitions": "口径"}
WEEK_PAGE = re.compile(
    rf"(\d{{4}}-W\d{{2}})(?:{'|'.join(re.escape(one.file) for one in LOCALES.values())})"
)
BESIDE, NOTHING = "'self'", "'none'"  # as sources of scripts
HEADLINE = re.compile(r'<meta name="funnel:headline" content="([^"]*)">')


@dataclass(frozen=True)
class Listed:
    """A page as the index lists it, and the same week's page in the other language."""

    week: str
    file: str
    headline: str
    other: str  # empty where there is none


def briefing(facts: Facts) -> Briefing:
    """Give what a week's page says in the language being spoken, before it is HTML."""
    sections = _sections(facts)
    return Briefing(headline(facts), _coverage(facts), findings(facts), tiles(facts), sections)


def render(facts: Facts, language: Language = "zh") -> str:
    """Give the HTML of one week's page."""
    with speaking(language):
        return render_briefing(facts, briefing(facts))


def render_briefing(facts: Facts, told: Briefing, library_js: str = "") -> str:
    """Give the HTML of what `briefing` gave of these facts, in the language being spoken.

    library_js: plotly.js, to stand in the page itself and not beside it; the page then is one
    file, which links to no other.
    """
    page_js = _source("page.js")
    contents = _contents(told.sections)
    return (
        _environment(facts)
        .get_template("page.html")
        .render(
            facts=facts,
            csp=_csp(_hash(library_js) if library_js else BESIDE, _hash(page_js)),
            headline=told.headline,
            dates=formats.week_dates(facts.week.starts),
            bridge=formats.rate(funnel.bridge(facts)),
            coverage=told.coverage,
            contents=contents,
            numbers={id: rank for rank, (id, _) in enumerate(contents, 1)},
            findings=told.findings,
            numeral=locale().numerals[len(told.findings)],
            pills=PILLS,
            unit=words.unit,
            tiles=told.tiles,
            sections=told.sections,
            withheld=say(cells.WITHHELD),
            common_reasons=[say(one) for one in COMMON_REASONS],
            dark=dark_colours(),
            figures_json=_embedded(told.sections),
            page_js=Markup(page_js),
            library_js=Markup(library_js),
            plotly_version=library.version(),
            plotly_file=library.file_name(),
        )
    )


def render_index(folder: Path, bank_name: str, language: Language = "zh") -> str:
    """Give the HTML that lists every week with a page in `folder`, the newest first."""
    pages_of = (WEEK_PAGE.fullmatch(path.name) for path in folder.iterdir())
    weeks = {found[1] for found in pages_of if found}
    with speaking(language):
        pages = [_listed(folder, week) for week in sorted(weeks, reverse=True)]
        template = _environment(None).get_template("index.html")
        return template.render(pages=pages, bank_name=bank_name, csp=_csp())


def _listed(folder: Path, week: str) -> Listed:
    """A week by its page in the language spoken, or in the other where there is no such page."""
    files = [f"{week}{one.file}" for one in (locale(), _other())]
    file, *other = (file for file in files if (folder / file).is_file())
    found = HEADLINE.search((folder / file).read_text(encoding="utf-8"))
    headline = html.unescape(found[1]) if found else ""
    return Listed(week, file, headline, "".join(other))


def _other() -> Locale:
    return next(one for name, one in LOCALES.items() if name != spoken())


def _sections(facts: Facts) -> list[Section]:
    sentences = titles(facts)
    return [module.section(facts, sentences[id]) for id, module in SECTIONS.items()]


def _contents(sections: Sequence[Section]) -> list[tuple[str, str]]:
    first, last = ([(id, say(name)) for id, name in part.items()] for part in (FIRST, LAST))
    return [*first, *((section.id, section.kicker) for section in sections), *last]


def _coverage(facts: Facts) -> formats.Cell:
    row = facts.consent
    if row is None:
        return cells.dash(say("没有授权数据"))
    if row.suppressed is not None:
        return cells.withheld()
    of = f"{formats.count(row.consented)} / {formats.count(row.customers)}"
    return cells.cell(row.coverage, formats.rate, note=of)


def _environment(facts: Facts | None) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    known = {one.metric for one in facts.definitions} if facts else set()
    environment.globals.update(
        tokens=tokens(),
        page_css=Markup(_source("page.css")),
        say=say,
        chosen=chosen,
        own=locale(),
        other=_other(),
        anchor=lambda metric: _anchor(metric) if metric in known else "definitions",
    )
    return environment


def _anchor(metric: str) -> str:
    return "definition-" + re.sub(r"[^a-z0-9_]+", "-", metric.lower())


def _embedded(sections: Sequence[Section]) -> Markup:
    """Give the figures as JSON that cannot end its script element."""
    figures: dict[str, Any] = {
        block.id: block.spec
        for section in sections
        for row in section.blocks
        for block in row
        if isinstance(block, Figure)
    }
    written = json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(written)


def _csp(*scripts: str) -> str:
    """Give the policy: these sources of scripts, and nothing else from anywhere."""
    return (
        f"default-src 'none'; script-src {' '.join(scripts) or NOTHING}; "
        "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
