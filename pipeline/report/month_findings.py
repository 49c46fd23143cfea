"""The headline and the findings of a month: sentences chosen by fixed rules from its numbers."""

from decimal import Decimal

from pipeline.report import cells, formats
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import Month
from pipeline.report.language import say
from pipeline.report.month_tiles import Form, by_month, of_month
from pipeline.report.sections import assets, lifecycle, month_cohorts, month_reviews
from pipeline.report.sections.followers import ranked_tiers
from pipeline.report.view import Finding

MOST = 5
STABLE = ("稳定月活升到 {value}", "稳定月活降到 {value}")
NEW = ("新户升到 {value}", "新户降到 {value}")
ASSETS = ("月活客户的资产升到 {value}", "月活客户的资产降到 {value}")


def headline(facts: Facts) -> str:
    """Say how active customers moved, and where their assets per customer went."""
    now, past = _months(facts)
    active = of_month(now, "mau", formats.count)
    if active.state:
        return say("本月的月活不足以展示")
    moved = _moved(facts, active.text)
    each, before = (of_month(row, "aum_per_mau", formats.yuan) for row in (now, past))
    if each.state:
        return moved
    told = "{moved}；户均资产 {each}"
    if not before.state and before.text != each.text:
        rose = Decimal(each.sort) > Decimal(before.sort)
        told = "{moved}；户均资产升到 {each}" if rose else "{moved}；户均资产降到 {each}"
    return say(told, moved=moved, each=each.text)


def findings(facts: Facts) -> list[Finding]:
    """Give at most five sentences: what asks for attention first, then the rest in this order."""
    ranked = [
        _came_and_went(facts),
        _retention(facts),
        _cost(facts),
        _held(facts, "stable_mau", formats.count, *STABLE),
        _ratio(facts),
        _reviews(facts),
        _reached(facts),
        _held(facts, "new_customers", formats.count, *NEW),
        _held(facts, "aum_yuan", formats.yuan, *ASSETS),
    ]
    found = [one for one in ranked if one is not None]
    return sorted(found, key=lambda one: one.kind != "attention")[:MOST]


def _months(facts: Facts) -> tuple[Month | None, Month | None]:
    """The place's month, and the month before it where that is complete."""
    own = by_month(facts.months)
    return own.get(facts.period.name), own.get(facts.period.before)


def _moved(facts: Facts, active: str) -> str:
    """How active customers moved, as published."""
    figure = facts.figure("mau", "month")
    if figure is None or figure.change is None:
        return say("月活 {n}（没有可比的上月）", n=active)
    change = figure.change
    size = formats.rate(abs(change))
    if size == formats.rate(0.0):
        return say("月活 {n}，与上月持平", n=active)
    told = "月活 {n}，比上月多 {size}" if change > 0 else "月活 {n}，比上月少 {size}"
    return say(told, n=active, size=size)


def _came_and_went(facts: Facts) -> Finding | None:
    row = lifecycle.comparable(facts)
    if row is None or row.month != facts.month:
        return None
    came, went = (row.new_active or 0) + (row.returned or 0), row.lost or 0
    told = "来去的活跃客户相当" if came == went else "走的活跃客户比来的多"
    if came > went:
        told = "来的活跃客户比走的多"
    return Finding(
        "attention" if came < went else "finding",
        say(told),
        say(
            "首次活跃 {new}，回流 {returned}；上月活跃、本月没有登录的 {lost}。",
            new=formats.exact(row.new_active),
            returned=formats.exact(row.returned),
            lost=formats.exact(row.lost),
        ),
        "lifecycle",
        came + went,
    )


def _retention(facts: Facts) -> Finding | None:
    """The month before's arrivals, whose next month is this one, against the cohort before."""
    known = month_cohorts.next_month(facts)
    if len(known) < 2 or f"{known[-1].cohort_starts:%Y-%m}" != facts.period.before:
        return None
    now, past = known[-1], known[-2]
    rates = formats.rate(now.bounded_rate), formats.rate(past.bounded_rate)
    if rates[0] == rates[1]:
        return None
    rose = (now.bounded_rate or 0) > (past.bounded_rate or 0)
    return Finding(
        "finding" if rose else "attention",
        say("次月留存升到 {rate}" if rose else "次月留存降到 {rate}", rate=rates[0]),
        say(
            "{month}首次到达的 {size} 位客户中，本月有 {rate} 登录；前一批为 {before}。",
            month=formats.month_name(now.cohort_starts),
            size=formats.exact(now.cohort_size),
            rate=rates[0],
            before=rates[1],
        ),
        "retention",
        now.cohort_size or 0,
    )


def _cost(facts: Facts) -> Finding | None:
    own = by_month(facts.money.costs)
    names = (facts.period.name, facts.period.before)
    now, past = (
        cells.cell(row.cac_yuan if row else None, formats.yuan, row, "cac_yuan")
        for row in map(own.get, names)
    )
    if now.state or past.state or now.text == past.text:
        return None
    rose = Decimal(now.sort) > Decimal(past.sort)
    return Finding(
        "attention" if rose else "finding",
        say("每个新户的成本升到 {cost}" if rose else "每个新户的成本降到 {cost}", cost=now.text),
        say("上月为 {cost}；只用已交付的费用。", cost=past.text),
        "money",
        own[facts.period.name].new_customers or 0,
    )


def _held(facts: Facts, column: str, form: Form, rose: str, fell: str) -> Finding | None:
    """How a number of the month stands against the month before; the evidence lists both."""
    now, past = (of_month(row, column, form) for row in _months(facts))
    if now.state or past.state or now.text == past.text:
        return None
    more = Decimal(now.sort) > Decimal(past.sort)
    return Finding(
        "finding" if more else "attention",
        say(rose if more else fell, value=now.text),
        say("上月为 {value}。", value=past.text),
        "figures-of-the-week",
        round(Decimal(now.sort)),
    )


def _ratio(facts: Facts) -> Finding | None:
    rows = ranked_tiers(facts)
    if not rows:
        return None
    best, last = formats.rate(rows[0].mau_per_follower), formats.rate(rows[-1].mau_per_follower)
    if best == last:
        return None
    return Finding(
        "finding",
        say("粉丝成为月活，{place}领先", place=facts.name(rows[0].part)),
        say(
            "归因月活占粉丝 {best}，{place}为 {last}，在各层级中最低。",
            best=best,
            place=facts.name(rows[-1].part, within=True),
            last=last,
        ),
        "followers",
        rows[0].mau or 0,
    )


def _reviews(facts: Facts) -> Finding | None:
    row = month_reviews.of_month(facts, facts.month)
    if row is None or row.rejection_rate is None:
        return None
    return Finding(
        "finding",
        month_reviews.title(facts),
        say(
            "已决定 {decided} 篇，其中驳回 {rejected} 篇；另有 {back} 次退回修改。",
            decided=formats.exact(row.decided),
            rejected=formats.exact(row.rejected),
            back=formats.exact(row.sent_back),
        ),
        "reviews",
        row.decided or 0,
    )


def _reached(facts: Facts) -> Finding | None:
    rows = assets.matured(facts)
    if not rows:
        return None
    row = rows[-1]
    return Finding(
        "finding",
        say(
            "{month}新活跃的客户，{rate} 资产达标",
            month=formats.month_name(row.month),
            rate=formats.rate(row.reached_rate),
        ),
        say(
            "共 {size} 位，观察期已走完；95% 区间 {spread}。",
            size=formats.exact(row.newly_active),
            spread=formats.interval(row.rate_low, row.rate_high),
        ),
        "assets",
        row.newly_active or 0,
    )
