"""Whom conversions are credited to: seven rules side by side, and how far they lie apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.report import cells, formats, range_charts, words
from pipeline.report.facts import Facts
from pipeline.report.facts.money_rows import Credit
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.view import Figure, Section, Table

KINDS = {
    "new_customer": "新户",
    "card_application": "信用卡申请",
    "wealth_subscription": "确认的理财申购",
}
RULES = {
    "last_touch": "末次触点",
    "first_touch": "首次触点",
    "linear": "线性",
    "time_decay": "时间衰减",
    "position_based": "位置（40/20/40）",
    "markov": "马尔可夫",
    "shapley": "沙普利",
}
UNTOUCHED = "(none)"
LEAST_DRAWN = 0.01  # a smaller share by every rule is a dot at zero


@dataclass(frozen=True)
class Channel:
    """What each rule gives to one channel."""

    kind: str
    dimension: str
    code: str
    by_rule: dict[str, Credit]

    @property
    def name(self) -> str:
        """How the channel is called on the page."""
        if self.code == UNTOUCHED:
            return say("没有触点")
        return words.tier(self.code) if self.dimension == "tier" else _platform(self.code)

    @property
    def within(self) -> str:
        """Its name within a sentence."""
        return words.within(self.name) if self.dimension == "tier" else self.name

    @property
    def shown(self) -> dict[str, float]:
        """The shares that may be shown, by rule."""
        return {
            rule: row.share
            for rule, row in self.by_rule.items()
            if row.share is not None and not row.hides("share")
        }

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and the highest share that may be shown."""
        return min(self.shown.values(), default=0.0), max(self.shown.values(), default=0.0)

    @property
    def range(self) -> str:
        """The lowest and the highest share in words: one of them where they read the same."""
        low, high = (formats.rate(share) for share in self.spread)
        return low if low == high else f"{low}–{high}"


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    known = _told(facts)
    figures: list[list[Table | Figure]] = [[_figure(facts, kind)] for kind in known[:1]]
    if known[1:]:
        figures.append([_figure(facts, kind) for kind in known[1:]])
    return Section(
        id="attribution",
        kicker=say("归因"),
        title=title,
        lede=say(
            "同一批转化由七种规则分给渠道，看区间，不看单一规则；没有触点的转化单列，不摊给任何渠道。"
            "只取回看期已走完的最近一个月。"
        ),
        metric="credit_share",
        blocks=figures,
    )


def title(facts: Facts) -> str:
    """Name the channel about which the rules disagree most, and what nobody touched."""
    if not facts.money.credits:
        return say("还没有一个月走完回看期")
    month = formats.month_name(facts.money.credits[0].month)
    channels = [one for kind in _told(facts) for one in _channels(facts, kind)]
    most = most_disputed(facts)
    if most is None:
        alone = channels and all(one.code == UNTOUCHED for one in channels if one.shown)
        return say("{month}的转化都没有触点" if alone else "{month}的转化人数过少", month=month)
    told = say(
        "{month}各规则分歧最大的是{channel}在{kind}中的份额：{range}",
        month=month,
        channel=most.within,
        kind=_within(most.kind),
        range=most.range,
    )
    untouched = [one for one in channels if one.code == UNTOUCHED and one.shown]
    if not untouched:
        return told
    first = untouched[0]
    return say(
        "{told}；{kind}中 {share} 没有触点", told=told, kind=_within(first.kind), share=first.range
    )


def most_disputed(facts: Facts) -> Channel | None:
    """The channel whose share depends most on the rule."""
    channels = [one for kind in _told(facts) for one in _channels(facts, kind)]
    judged = [one for one in channels if one.code != UNTOUCHED and len(one.shown) > 1]
    return max(judged, key=lambda one: one.spread[1] - one.spread[0], default=None)


def conversions(facts: Facts, kind: str) -> Credit | None:
    """The row of all conversions of a kind that were shared out."""
    rows = [row for row in facts.money.credits if row.kind == kind and row.channel is None]
    return rows[0] if rows else None


def _told(facts: Facts) -> list[str]:
    """The kinds of which it may be shown how many conversions were shared out."""
    totals = {kind: conversions(facts, kind) for kind in KINDS if _channels(facts, kind)}
    return [kind for kind, row in totals.items() if row and not row.hides("conversions")]


def _within(kind: str) -> str:
    return words.within(say(KINDS[kind]))


def _platform(code: str) -> str:
    return words.platform(code) or code


def _channels(facts: Facts, kind: str) -> list[Channel]:
    """The tiers, the platforms and last what nobody touched; the largest shares first."""
    found: dict[tuple[str, str], dict[str, Credit]] = {}
    for row in facts.money.credits:
        if row.kind == kind and row.channel is not None:
            dimension = "" if row.channel == UNTOUCHED else row.dimension
            found.setdefault((dimension, row.channel), {})[row.rule] = row
    channels = [Channel(kind, *key, rules) for key, rules in found.items()]
    order = {"tier": 0, "platform": 1, "": 2}
    return sorted(channels, key=lambda one: (order[one.dimension], -one.spread[1], one.code))


def _figure(facts: Facts, kind: str) -> Figure:
    channels = _channels(facts, kind)
    drawn = [one for one in channels if one.spread[1] >= LEAST_DRAWN]
    names = [say(rule) for rule in RULES.values()]
    rows = [_range(one) for one in drawn]
    return Figure(
        id=f"attribution-{kind.replace('_', '-')}",
        title=say(
            "{kind}，{month}",
            kind=say(KINDS[kind]),
            month=formats.month_name(facts.money.credits[0].month),
        ),
        caption=say(
            "{signs}。共 {n} 次转化；先层级，后平台。{hidden} 个渠道人数过少或份额不足 1%，不画。",
            signs=range_charts.signs(names),
            n=_total(facts, kind).text,
            hidden=len(channels) - len(drawn),
        ),
        spec=range_charts.ranges(rows, names),
        data=_table(kind, channels),
        metric="credit_share",
    )


def _total(facts: Facts, kind: str) -> Cell:
    row = conversions(facts, kind)
    return cells.cell(row.conversions if row else None, formats.exact, row, "conversions")


def _range(one: Channel) -> range_charts.Range:
    marks = {say(RULES[rule]): share for rule, share in one.shown.items()}
    texts = {name: formats.rate(share) for name, share in marks.items()}
    return range_charts.Range(one.name, marks, texts, *one.spread, one.range)


def _table(kind: str, channels: Sequence[Channel]) -> Table:
    lines = [
        [
            formats.text(one.name),
            *(_credited(one.by_rule.get(rule)) for rule in RULES),
            Cell(one.range, sort=str(one.spread[1])) if one.shown else cells.withheld(),
        ]
        for one in channels
    ]
    return Table(
        id=f"attribution-{kind.replace('_', '-')}-data",
        title=say("各规则给的份额"),
        head=(say("渠道"), *(say(rule) for rule in RULES.values()), say("最低–最高")),
        rows=lines,
        note=say("同一维度各渠道与“没有触点”之和为 100%。"),
    )


def _credited(row: Credit | None) -> Cell:
    return cells.cell(row.share if row else None, formats.rate, row, "share")
