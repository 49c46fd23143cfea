"""What the page of a month says: its sections, and the sentence above each."""

from pipeline.report.facts import Facts
from pipeline.report.formats import Cell
from pipeline.report.month_findings import findings, headline
from pipeline.report.month_tiles import tiles
from pipeline.report.sections import (
    assets,
    attribution,
    followers,
    journeys,
    lifecycle,
    money,
    month_cohorts,
    month_reviews,
    themes,
    wealth,
)
from pipeline.report.titles import assets_title, followers_title
from pipeline.report.view import Briefing

SECTIONS = (  # each with the sentence above it, in reading order
    (followers, followers_title),
    (lifecycle, lifecycle.title),
    (month_cohorts, month_cohorts.title),
    (assets, assets_title),
    (wealth, wealth.title),
    (journeys, journeys.title),
    (attribution, attribution.title),
    (money, money.title),
    (themes, themes.title),
    (month_reviews, month_reviews.title),
)


def briefing(facts: Facts, coverage: Cell) -> Briefing:
    """Give what a month's page says in the language being spoken, before it is HTML."""
    sections = [part.section(facts, title(facts)) for part, title in SECTIONS]
    return Briefing(headline(facts), coverage, findings(facts), tiles(facts), sections)
