"""Every account with its main numbers of the week."""

from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import Followers, Stage, Step
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.place import Place
from pipeline.report.sections.funnel import stage_cell
from pipeline.report.view import Section, Table

SHOWN = ("exposure", "read", "engagement", "follow", "click", "arrival")
CHANGED = "read"
HEAD = ("账号", "层级", "平台", "粉丝", "净增")


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    return Section(
        id="accounts",
        kicker=say("账号明细"),
        title=title,
        lede=say("点列名可排序。「—」是没有数据，不是零。"),
        metric="change",
        blocks=[[_table(facts)]],
        follows=facts.is_bank,
    )


def accounts(facts: Facts) -> list[str]:
    """The ids of the accounts of the week, by tier and name."""
    found = {row.account_id: row for row in facts.account_stages if row.account_id}
    return sorted(
        found, key=lambda one: (_tier_rank(found[one]), found[one].account_name or one, one)
    )


def _tier_rank(row: Stage) -> int:
    return words.rank(row.tier)


def _table(facts: Facts) -> Table:
    found = {(row.account_id, row.stage): row for row in facts.account_stages}
    steps = {(row.account_id, row.stage): row for row in facts.account_steps}
    stock = {row.account_id: row for row in facts.account_followers}
    paths = {row.account_id: row for row in facts.account_stages}
    ids = accounts(facts)
    lines = [
        _line(facts, account, found, steps.get((account, CHANGED)), stock.get(account))
        for account in ids
    ]
    return Table(
        id="accounts-table",
        title=say("{n} 个账号", n=len(lines)),
        head=(*map(say, HEAD), *map(words.stage, SHOWN), say("阅读环比")),
        rows=lines,
        sortable=True,
        listed=True,
        rows_of=[(paths[one].tier, paths[one].platform) for one in ids] if facts.is_bank else (),
    )


def _line(
    facts: Facts,
    account: str,
    found: dict[tuple[str | None, str], Stage],
    step: Step | None,
    stock: Followers | None,
) -> list[Cell]:
    path = next(row for (one, _), row in found.items() if one == account)
    page = facts.link_to(Place("account", path.tier, account_id=account))
    note = account if path.account_name else ""
    return [
        formats.text(path.account_name or account, note=note, href=page),
        formats.text(words.tier(path.tier)),
        formats.text(words.platform(path.platform)),
        cells.cell(stock.followers if stock else None, formats.count),
        cells.cell(stock.net if stock else None, formats.signed),
        *(stage_cell(found.get((account, stage))) for stage in SHOWN),
        cells.step_change(step.change if step else None),
    ]
