"""The HTML of the weekly page and of the index of all pages."""

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
from pipeline.report.design import TEMPLATES, tokens
from pipeline.report.facts import Facts
from pipeline.report.findings import findings, headline
from pipeline.report.sections import (
    accounts,
    assets,
    cards,
    content,
    followers,
    funnel,
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
    "content": content,
    "accounts": accounts,
    "quality": quality,
}
PILLS = {"attention": "需关注", "finding": "发现", "data": "数据提示"}
BESIDE, NOTHING = "'self'", "'none'"  # as sources of scripts
NUMERALS = "零一二三四五六七八九"
PAGE_NAME = re.compile(r"\d{4}-W\d{2}\.html")
HEADLINE = re.compile(r'<meta name="funnel:headline" content="([^"]*)">')


@dataclass(frozen=True)
class Listed:
    """A page as the index lists it."""

    week: str
    file: str
    headline: str


def briefing(facts: Facts) -> Briefing:
    """Give what a week's page says, before it is HTML."""
    sections = _sections(facts)
    return Briefing(headline(facts), _coverage(facts), findings(facts), tiles(facts), sections)


def render(facts: Facts, told: Briefing | None = None, library_js: str = "") -> str:
    """Give the HTML of one week's page.

    told: what `briefing` gave of these facts, where that is known. library_js: plotly.js, to stand
    in the page itself and not beside it; the page then is one file, which links to no other.
    """
    told = told or briefing(facts)
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
            count_words=NUMERALS[len(told.findings)],
            pills=PILLS,
            units=words.UNITS,
            tiles=told.tiles,
            sections=told.sections,
            withheld=cells.WITHHELD,
            figures_json=_embedded(told.sections),
            page_js=Markup(page_js),
            library_js=Markup(library_js),
            plotly_version=library.version(),
            plotly_file=library.file_name(),
        )
    )


def render_index(folder: Path, bank_name: str) -> str:
    """Give the HTML that lists every weekly page in `folder`, the newest first."""
    pages = [_listed(path) for path in folder.iterdir() if PAGE_NAME.fullmatch(path.name)]
    pages.sort(key=lambda page: page.week, reverse=True)
    template = _environment(None).get_template("index.html")
    return template.render(pages=pages, bank_name=bank_name, csp=_csp())


def _listed(path: Path) -> Listed:
    found = HEADLINE.search(path.read_text(encoding="utf-8"))
    return Listed(path.stem, path.name, html.unescape(found[1]) if found else "")


def _sections(facts: Facts) -> list[Section]:
    sentences = titles(facts)
    return [module.section(facts, sentences[id]) for id, module in SECTIONS.items()]


def _contents(sections: Sequence[Section]) -> list[tuple[str, str]]:
    first = [("findings", "本周要点"), ("figures-of-the-week", "核心指标")]
    last = [("parameters", "参数"), ("definitions", "口径")]
    return [*first, *((section.id, section.kicker) for section in sections), *last]


def _coverage(facts: Facts) -> formats.Cell:
    row = facts.consent
    if row is None:
        return cells.dash("没有授权数据")
    if row.suppressed is not None:
        return formats.Cell(cells.WITHHELD, "suppressed", cells.WHY_WITHHELD)
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
