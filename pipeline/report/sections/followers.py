"""From followers to active customers: the ratio per tier and account in the latest full month."""

from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import Month
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.scatter_chart import Point, scatter
from pipeline.report.view import Figure, Section, Table

NAMED_POINTS = 5
HEAD = ("粉丝", "归因月活", "月活/粉丝", "稳定月活", "新户", "新增关注", "每千新增关注带来新户")


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    return Section(
        id="followers",
        kicker=say("粉丝到月活"),
        title=title,
        lede=say(
            "最近一个完整自然月：{month}。全行一行是全部已授权客户的月活，"
            "其余各行只含归因到该层级或账号的客户；两个比率都只用归因的部分。跨账号不可相加。",
            month=_month(facts),
        ),
        metric="mau_per_follower",
        blocks=[[_tiers(facts)], [_figure(facts)]],
    )


def latest(facts: Facts) -> list[Month]:
    """The rows of the latest complete month: the parts in their order, then the place itself."""
    found = {row.part: row for row in facts.months if row.month == facts.month}
    return [found[part] for part in (*facts.parts, None) if part in found]


def ranked_tiers(facts: Facts) -> list[Month]:
    """The parts whose ratio may be shown, the highest ratio first."""
    rows = [
        row
        for row in latest(facts)
        if row.part in facts.own_parts
        and row.mau_per_follower is not None
        and not row.hides("mau_per_follower")
    ]
    return sorted(rows, key=lambda row: (-(row.mau_per_follower or 0), row.part or ""))


def _month(facts: Facts) -> str:
    return say("尚无") if facts.month is None else formats.month_name(facts.month)


def _tiers(facts: Facts) -> Table:
    lines = [
        [formats.text(facts.name(row.part), href=facts.link(row.part)), *_numbers(row)]
        for row in latest(facts)
    ]
    return Table(
        id="followers-tiers",
        title=say("各层级"),
        head=(say("层级"), *map(say, HEAD)),
        rows=lines,
        note=say("新户不都来自当月新增的关注，每千新增关注带来的新户因此可以超过 1,000。"),
        metric="mau_per_follower",
    )


def _numbers(row: Month) -> list[Cell]:
    return [
        cells.cell(row.followers, formats.count, row, "followers"),
        cells.cell(row.mau, formats.exact, row, "mau"),
        cells.cell(row.mau_per_follower, formats.rate, row, "mau_per_follower"),
        cells.cell(row.stable_mau, formats.exact, row, "stable_mau"),
        cells.cell(row.new_customers, formats.exact, row, "new_customers"),
        cells.cell(row.followers_gained, formats.count, row, "followers_gained"),
        cells.cell(row.new_per_1000_gained, formats.ratio, row, "new_per_1000_gained"),
    ]


def _figure(facts: Facts) -> Figure:
    accounts = sorted(
        facts.account_months,
        key=lambda row: (row.mau is None, -(row.mau or 0), row.account_id or ""),
    )
    drawn = [row for row in accounts if row.mau and row.followers and not row.hides("mau")]
    named = _named(drawn)
    points = [_point(row, row in named) for row in drawn]
    return Figure(
        id="followers-accounts",
        title=say("各账号的粉丝与归因月活"),
        caption=say(
            "{month}每个账号一点，两轴均为对数；只画粉丝与归因月活都已知、"
            "且未被小单元保护的 {n} 个账号，其余见数据表。"
            "圆、方、菱依次为总行、条线、分行。",
            month=_month(facts),
            n=len(points),
        ),
        spec=scatter(points, say("粉丝（对数）"), say("归因月活（对数）"), 360),
        data=_accounts(accounts),
        metric="mau_per_follower",
    )


def _named(drawn: list[Month]) -> list[Month]:
    """The first few accounts whose labels do not run into one another."""
    named: list[Month] = []
    for row in drawn:
        if len(named) < NAMED_POINTS and all(_is_apart(row, other) for other in named):
            named.append(row)
    return named


def _is_apart(row: Month, other: Month) -> bool:
    """Whether two points differ by a fifth in height or a factor of three across."""
    heights = ((row.mau or 1) / (other.mau or 1), (other.mau or 1) / (row.mau or 1))
    widths = (
        (row.followers or 1) / (other.followers or 1),
        (other.followers or 1) / (row.followers or 1),
    )
    return max(heights) > 1.2 or max(widths) > 3


def _point(row: Month, named: bool) -> Point:
    values = dict(zip(HEAD, _numbers(row), strict=True))
    text = say("，").join(f"{say(name)} {values[name].text}" for name in HEAD[:3])
    name = f"{row.account_name or row.account_id} {words.platform(row.platform) or ''}"
    return Point(name, row.tier, float(row.followers or 0), float(row.mau or 0), text, named)


def _accounts(accounts: list[Month]) -> Table:
    lines = [
        [
            formats.text(row.account_name or row.account_id),
            formats.text(words.tier(row.tier)),
            formats.text(words.platform(row.platform)),
            *_numbers(row),
        ]
        for row in accounts
    ]
    head = tuple(map(say, ("账号", "层级", "平台", *HEAD)))
    return Table(
        id="followers-accounts-data", title=say("各账号"), head=head, rows=lines, sortable=True
    )
