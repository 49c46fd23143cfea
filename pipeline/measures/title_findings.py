"""What the rules have against titles: no export holds the text of a post."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from pipeline.review import Finding

Row = dict[str, Any]


def title_findings(rows: pa.Table) -> pa.Table:
    """Hold titles to the rules of their days.

    Takes a row a title and day, and a row a rule, whose `definition` is all it says; `own_hosts`
    is where links may lead. Gives a row a finding, under the title and day.
    """
    given = rows.to_pylist()
    rules = [row for row in given if row["definition"]]
    titles = [(row["title"], row["published_on"]) for row in given if row["title"]]
    found = _findings(titles, rules) if titles else []
    return pa.Table.from_pylist(found, schema=rows.schema)


def _findings(titles: list[tuple[str, dt.date]], rules: list[Row]) -> list[Row]:
    from pipeline.review import Reviewers, Rule

    hosts = {host for rule in rules for host in (rule["own_hosts"] or "").split()}
    read = [Rule.model_validate_json(rule["definition"]) for rule in rules]
    reviewers = Reviewers(read, sorted(hosts))
    return [
        {"title": title, "published_on": day, **_row(finding)}
        for title, day in titles
        for finding in reviewers.of(day).review(title)
    ]


def _row(finding: "Finding") -> Row:
    said = finding.as_dict()
    return {
        **{name: said[name] for name in ("rule_id", "rule_version", "category", "verdict")},
        **{name: said[name] for name in ("severity", "legal_basis")},
        "span_start": finding.start,
        "span_end": finding.end,
        "matched": finding.text,
    }
