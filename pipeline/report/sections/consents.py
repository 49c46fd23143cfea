"""Why customers are counted as persons, or not."""

from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.language import say
from pipeline.report.view import Table


def table(facts: Facts) -> Table:
    """The customers of each reason there is, those that are counted first, all of them last."""
    found = {row.reason: row for row in facts.consent_reasons}
    known = [*words.CONSENTS]
    order = sorted(found, key=lambda one: known.index(one) if one in known else len(known))
    return Table(
        id="quality-consents",
        title=say("客户为何计入、为何不计"),
        head=(say("授权"), say("客户")),
        rows=[
            [
                formats.text(words.consent(one)),
                cells.cell(found[one].customers, formats.exact, found[one], "customers"),
            ]
            for one in order
        ],
        note=say(
            "按最近一次授权事件，一人一行；只有「已计入」的客户在本页的人数里，其余各行都不在。"
        ),
        metric="consent_reason",
    )
