"""The headline of a page and its findings: sentences chosen by fixed rules from published numbers.

`ranking` has the rule by which candidates are ranked; each other module has one family of them.
"""

from pipeline.report.facts import Facts
from pipeline.report.findings import business, customers, data, moves, public, traffic, watch
from pipeline.report.findings.data import quality_title
from pipeline.report.findings.headline import fall, headline
from pipeline.report.findings.moves import fallen_stage
from pipeline.report.findings.ranking import Candidate, ranked
from pipeline.report.findings.traffic import fallen_steps
from pipeline.report.view import Finding

__all__ = [
    "candidates",
    "fall",
    "fallen_stage",
    "fallen_steps",
    "findings",
    "headline",
    "quality_title",
]


def findings(facts: Facts) -> list[Finding]:
    """Give the sentences of a page, the weightiest first: three to five where there is data."""
    return ranked(candidates(facts))


def candidates(facts: Facts) -> list[Candidate]:
    """Give all that could be said, unranked."""
    found = [
        one
        for family in (customers, business, traffic, moves, watch, public, data)
        for one in family.candidates(facts)
    ]
    return [one for one in found if one is not None]
