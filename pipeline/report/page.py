"""The HTML of a page: of the bank, or of a tier, a unit or an account of it, in one week."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from pipeline.report import cells, filters, formats, library, markup, month, words
from pipeline.report.design import dark_colours
from pipeline.report.facts import Facts
from pipeline.report.findings import fall, findings, headline
from pipeline.report.language import (
    Language,
    locale,
    say,
    speaking,
)
from pipeline.report.naming import named
from pipeline.report.sections import (
    accounts,
    assets,
    attribution,
    cards,
    compliance,
    content,
    followers,
    funnel,
    journeys,
    lifecycle,
    matrix,
    money,
    opinion,
    quality,
    retention,
    subscriptions,
    themes,
    trend,
    waiting,
    watch,
    wealth,
)
from pipeline.report.tiles import tiles
from pipeline.report.titles import titles
from pipeline.report.view import Briefing, Figure, Finding, Section

SECTIONS = {
    "funnel": funnel,
    "trend": trend,
    "matrix": matrix,
    "watch": watch,
    "followers": followers,
    "lifecycle": lifecycle,
    "retention": retention,
    "assets": assets,
    "wealth": wealth,
    "cards": cards,
    "subscriptions": subscriptions,
    "attribution": attribution,
    "money": money,
    "journeys": journeys,
    "content": content,
    "themes": themes,
    "compliance": compliance,
    "opinion": opinion,
    "accounts": accounts,
    "quality": quality,
}
NOT_AT = {  # sections that say nothing about places of a level
    "attribution": ("tier", "unit", "account"),
    "accounts": ("account",),
    "matrix": ("tier", "unit", "account"),
}
PILLS = {"attention": "需关注", "finding": "发现", "data": "数据提示"}
COMMON_REASONS = (words.NO_DATA, cells.WHY_WITHHELD, cells.WHY_IMMATURE)
LAST = {"parameters": "参数", "definitions": "口径"}


def briefing(facts: Facts) -> Briefing:
    """Give what a page says in the language being spoken, before it is HTML."""
    if facts.period.kind == "month":
        return month.briefing(facts, _coverage(facts))
    found, sections = findings(facts), _sections(facts)
    return Briefing(_headline(facts, found), _coverage(facts), found, tiles(facts), sections)


def _headline(facts: Facts, found: Sequence[Finding]) -> str:
    """The sentence of the week; where nothing fell, what most asks for attention stands with it."""
    told = headline(facts)
    if found and found[0].kind == "attention" and not fall(facts):
        told = say("{headline}；{point}", headline=told, point=found[0].title)
    if facts.is_bank:
        return told
    return say("{place}：{headline}", place=facts.name(None), headline=told)


def render(facts: Facts, language: Language = "zh") -> str:
    """Give the HTML of one page."""
    with speaking(language):
        return render_briefing(facts, briefing(facts))


def render_briefing(facts: Facts, told: Briefing, library_js: str = "") -> str:
    """Give the HTML of what `briefing` gave of these facts, in the language being spoken.

    library_js: plotly.js, to stand in the page itself and not beside it; the page then is one
    file, which links to no other.
    """
    page_js = markup.source("page.js")
    contents = _contents(facts, told.sections)
    environment = markup.environment(_meanings(facts))
    common = [say(one) for one in COMMON_REASONS]
    return environment.get_template("page.html").render(
        facts=facts,
        csp=markup.policy(
            markup.hash_of(library_js) if library_js else markup.BESIDE, markup.hash_of(page_js)
        ),
        headline=told.headline,
        audience=words.audience(facts.for_outside),
        names=named(facts.period),
        dates=formats.dates(facts.period.starts, facts.period.last_day),
        bridge=formats.rate(funnel.bridge(facts)) if facts.period.kind == "week" else "",
        coverage=told.coverage,
        contents=contents,
        numbers={id: rank for rank, (id, _) in enumerate(contents, 1)},
        findings=told.findings,
        numeral=locale().numerals[len(told.findings)],
        pills=PILLS,
        unit=words.unit,
        tiles=told.tiles,
        **_filter(facts, told, environment, common),
        sections=told.sections,
        withheld=say(cells.WITHHELD),
        **_standing(facts),
        anchor=anchor,
        common_reasons=common,
        dark=dark_colours(),
        figures_json=markup.embedded(_figures(told.sections)),
        page_js=Markup(page_js),
        library_js=Markup(library_js),
        plotly_version=library.version(),
        plotly_file=library.file_name(),
    )


def _sections(facts: Facts) -> list[Section]:
    sentences = titles(facts)
    shown = [id for id in SECTIONS if facts.place.level not in NOT_AT.get(id, ())]
    return waiting.told(facts, [SECTIONS[id].section(facts, sentences[id]) for id in shown])


def _contents(facts: Facts, sections: Sequence[Section]) -> list[tuple[str, str]]:
    opening = {"findings": named(facts.period).points, "figures-of-the-week": "核心指标"}
    first, last = ([(id, say(name)) for id, name in part.items()] for part in (opening, LAST))
    middle = [(section.id, section.kicker) for section in sections]
    return [*first, *middle, *(last if facts.is_bank else [])]


def _coverage(facts: Facts) -> formats.Cell:
    row = facts.consent
    if row is None:
        return cells.dash(say("没有授权数据"))
    if row.suppressed is not None:
        return cells.withheld()
    of = f"{formats.count(row.consented)} / {formats.count(row.customers)}"
    return cells.cell(row.coverage, formats.rate, note=of)


def _filter(
    facts: Facts, told: Briefing, environment: Environment, common: Sequence[str]
) -> dict[str, Any]:
    """Give what the page's filter chooses from; nothing where it is not offered."""
    if not filters.offered(facts):
        return {"slices": None, "sliced": ()}
    macros = environment.get_template("macros.html").make_module({"library_js": ""})
    following = [section.kicker for section in told.sections if section.follows]
    return {
        "slices": filters.embedded(facts, told.sections, macros, common),
        "sliced": tuple(filters.SLICED),
        "choices": filters.choices(facts),
        "following": formats.listed([say("核心指标"), *following]),
        "ranges": next((section.ranges for section in told.sections if section.ranges), []),
    }


def _standing(facts: Facts) -> dict[str, Any]:
    """Give where the page is among the others: its own name, the folder, what is around it."""
    return {
        "here": facts.period.name if facts.is_bank else facts.place.file,
        "root": "" if facts.is_bank else "../",
        "places": _places(facts),
        "trail": _trail(facts),
    }


def _places(facts: Facts) -> list[tuple[str, str]]:
    """Give the names of the parts that have pages of their own, with the links to them."""
    links = [(facts.name(part), facts.link(part)) for part in facts.own_parts]
    return [(name, link) for name, link in links if link]


def _trail(facts: Facts) -> list[tuple[str, str]]:
    """Give the places above this one, the bank first, with the links to their pages."""
    if facts.is_bank:
        return []
    above = [(words.tier(None), f"../{facts.period.name}{locale().file}")]
    return above + [(words.place(one), f"{one.file}{locale().file}") for one in facts.place.above]


def _meanings(facts: Facts) -> Callable[[str], str]:
    """Give what links a metric to its definition, which stands on the page of the bank."""
    known = {one.metric for one in facts.definitions}
    page = "" if facts.is_bank else f"../{facts.period.name}{locale().file}"
    return lambda metric: f"{page}#{anchor(metric) if metric in known else 'definitions'}"


def anchor(metric: str) -> str:
    """Give the id of a definition on the page."""
    return "definition-" + re.sub(r"[^a-z0-9_]+", "-", metric.lower())


def _figures(sections: Sequence[Section]) -> dict[str, Any]:
    blocks = [block for section in sections for row in section.blocks for block in row]
    return {one.id: one.spec for one in blocks if isinstance(one, Figure) and one.drawn}
