"""Write the weekly page, the index of all pages, and the library their charts are drawn with.

Both in each language, each page with a link to the other.
"""

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs_version

from pipeline.databases import opened
from pipeline.report import cells, formats, words
from pipeline.report.design import TEMPLATES, tokens
from pipeline.report.facts import Facts, load
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
    compliance,
    content,
    followers,
    funnel,
    journeys,
    opinion,
    quality,
    subscriptions,
    themes,
    trend,
    watch,
)
from pipeline.report.tiles import tiles
from pipeline.report.titles import titles
from pipeline.report.view import Figure, Section
from pipeline.settings import Settings

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
    "themes": themes,
    "compliance": compliance,
    "opinion": opinion,
    "accounts": accounts,
    "quality": quality,
}
FIRST_ROWS = 15  # of a long table, until the reader asks for all
PILLS = {"attention": "需关注", "finding": "发现", "data": "数据提示"}
FIRST = {"findings": "本周要点", "figures-of-the-week": "核心指标"}
LAST = {"parameters": "参数", "definitions": "口径"}
WEEK_NAME = re.compile(r"\d{4}-W\d{2}")
HEADLINE = re.compile(r'<meta name="funnel:headline" content="([^"]*)">')


@dataclass(frozen=True)
class Listed:
    """A page as the index lists it, and the same week's page in the other language."""

    week: str
    file: str
    headline: str
    other: str  # empty where there is none


def write(
    settings: Settings, week: str | None = None, languages: Sequence[Language] = ("zh", "en")
) -> list[Path]:
    """Write the pages of `week` (an ISO week; the report week when None), indexes and the library.

    Reads only the published database; the same database gives the same bytes. Returns the files
    written: the pages, the index in each language, the library. Raises InputError when there is no
    database, or it knows no such week.
    """
    with opened(settings.published_database) as connection:
        facts = load(connection, week)
    settings.reports.mkdir(parents=True, exist_ok=True)
    library = _write_library(settings.reports / "assets")
    pages = [settings.reports / f"{facts.week.name}{LOCALES[one].file}" for one in languages]
    for page, language in zip(pages, languages, strict=True):
        _write_text(page, render(facts, language))
    indexes = [settings.reports / f"index{one.file}" for one in LOCALES.values()]
    for index, language in zip(indexes, LOCALES, strict=True):
        _write_text(index, render_index(settings.reports, facts.run.bank_name, language))
    return [*pages, *indexes, library]


def render(facts: Facts, language: Language = "zh") -> str:
    """Give the HTML of one week's page."""
    with speaking(language):
        return _render(facts)


def _render(facts: Facts) -> str:
    sections = _sections(facts)
    found = findings(facts)
    page_js = _source("page.js")
    return (
        _environment(facts)
        .get_template("page.html")
        .render(
            facts=facts,
            csp=_csp(page_js),
            headline=headline(facts),
            dates=formats.week_dates(facts.week.starts),
            bridge=formats.rate(funnel.bridge(facts)),
            coverage=_coverage(facts),
            contents=_contents(sections),
            numbers={id: rank for rank, (id, _) in enumerate(_contents(sections), 1)},
            findings=found,
            numeral=locale().numerals[len(found)],
            pills=PILLS,
            unit=words.unit,
            tiles=tiles(facts),
            sections=sections,
            withheld=say(cells.WITHHELD),
            figures_json=_embedded(sections),
            page_js=Markup(page_js),
            plotly_version=get_plotlyjs_version(),
            plotly_file=_library_name(),
        )
    )


def render_index(folder: Path, bank_name: str, language: Language = "zh") -> str:
    """Give the HTML that lists every week with a page in `folder`, the newest first."""
    weeks = {path.name[:8] for path in folder.iterdir() if WEEK_NAME.match(path.name)}
    with speaking(language):
        pages = [_listed(folder, week) for week in sorted(weeks, reverse=True)]
        template = _environment(None).get_template("index.html")
        return template.render(pages=pages, bank_name=bank_name, csp=_csp(None))


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
        first_rows=FIRST_ROWS,
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


def _csp(script: str | None) -> str:
    """Give the policy: our one script by its hash, the library beside the page, nothing else."""
    scripts = "'none'"
    if script is not None:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        scripts = f"'self' 'sha256-{digest}'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _library_name() -> str:
    return f"plotly-{get_plotlyjs_version()}.min.js"


def _write_library(folder: Path) -> Path:
    """Copy plotly.js from the plotly wheel beside the pages, unless it stands there already."""
    source = files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()
    target = folder / _library_name()
    folder.mkdir(parents=True, exist_ok=True)
    if not target.is_file() or target.read_bytes() != source:
        _replace(target, source)
    return target


def _write_text(path: Path, content: str) -> None:
    _replace(path, content.encode("utf-8"))


def _replace(path: Path, content: bytes) -> None:
    """Write beside and rename, so that a reader never sees half a page."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(content)
    draft.replace(path)
