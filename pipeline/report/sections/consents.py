"""Why customers are counted as persons, or not."""

from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.language import say
from pipeline.report.view import Table

MEANINGS: dict[str | None, str] = {
    "counted": "有一次有效的单独同意",
    "never_asked": "没有任何授权事件",
    "withdrawn": "最近一次是撤回",
    "tied": "授予与撤回在同一时刻，不算同意",
    "expired": "同意已过有效期",
    "not_separate": "与其他事项捆绑同意，不是单独的",
    "earlier_notice": "同意的是旧版告知",
    None: "本行交付的每一位客户",
}


def table(facts: Facts) -> Table:
    """The customers of each reason there is, those that are counted first, all of them last."""
    found = {row.reason: row for row in facts.consent_reasons}
    known = [*words.CONSENTS]
    order = sorted(found, key=lambda one: known.index(one) if one in known else len(known))
    return Table(
        id="quality-consents",
        title=say("客户为何计入、为何不计"),
        head=(say("授权"), say("客户"), say("含义")),
        rows=[
            [
                formats.text(words.consent(one)),
                cells.cell(found[one].customers, formats.exact, found[one], "customers"),
                formats.text(say(MEANINGS[one]) if one in MEANINGS else None),
            ]
            for one in order
        ],
        note=say(
            "按最近一次授权事件，一人一行；只有「已计入」的客户在本页的人数里，其余各行都不在。"
        ),
        metric="consent_reason",
    )
