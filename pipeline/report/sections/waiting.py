"""The sections for which nothing was delivered yet, and what each of them needs."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.report import formats, words
from pipeline.report.facts import Facts
from pipeline.report.language import say
from pipeline.report.view import Section, Table

# What has to be delivered before there can be a number in a section.
NEEDS = {
    "trend": ("bank_events", "bank_links"),
    "matrix": ("bank_events", "bank_links"),
    "followers": ("bank_events",),
    "lifecycle": ("bank_events",),
    "retention": ("bank_events",),
    "assets": ("bank_events", "bank_balances"),
    "wealth": ("bank_balances",),
    "cards": ("bank_events", "bank_links"),
    "subscriptions": ("bank_events",),
    "attribution": ("bank_events", "bank_links"),
    "money": ("bank_spend",),
    "journeys": ("bank_events",),
    "opinion": ("bank_comments",),
}


def told(facts: Facts, sections: Sequence[Section]) -> list[Section]:
    """Give the sections without tables and charts that have not one number.

    Those that have none because what they need was never delivered are listed in one, before the
    last. The last is about the data, and stays as it is.
    """
    *most, last = sections
    kept = [_kept(section) for section in most]
    waiting = [one for one in kept if not one.blocks and _undelivered(facts, one.id)]
    if not waiting:
        return [*kept, last]
    return [*(one for one in kept if one not in waiting), _section(facts, waiting), last]


def _kept(section: Section) -> Section:
    rows = [[block for block in row if block.told] for row in section.blocks]
    blocks = [row for row in rows if row]
    return replace(section, blocks=blocks, ranges=section.ranges if blocks else [])


def _undelivered(facts: Facts, section: str) -> list[str]:
    delivered = {row.dataset for row in facts.datasets if row.files}
    return [one for one in NEEDS.get(section, ()) if one not in delivered]


def _section(facts: Facts, waiting: Sequence[Section]) -> Section:
    missing = {one.id: _undelivered(facts, one.id) for one in waiting}
    lines = [
        [
            formats.text(one.kicker),
            formats.text(formats.listed(words.dataset(needed) for needed in missing[one.id])),
        ]
        for one in waiting
    ]
    table = Table("waiting-sections", say("各节等什么"), (say("节"), say("尚未交付的数据")), lines)
    return Section(
        id="waiting",
        kicker=say("待交付"),
        title=say("另有 {n} 节还没有数据", n=len(waiting)),
        lede=say("下列数据从未交付，这些节因此没有数可列；交付后的次日，它们就出现在本页。"),
        blocks=[[table]],
    )
