"""How many of a month's new arrivals come back in the months after, and the tiers in the next."""

from pipeline.report import formats
from pipeline.report.facts import Facts
from pipeline.report.facts.people_rows import Retention
from pipeline.report.language import say
from pipeline.report.sections.retention import by_age, by_part, told
from pipeline.report.view import Section, Table

OPEN = "这个月还没有过完"


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    return Section(
        id="retention",
        kicker=say("群组留存"),
        title=title,
        lede=say(
            "一个自然月首次到达的客户为一批。当期留存率：恰在之后第 N 个月登录过的占比，"
            "只宜同龄相比。"
        ),
        metric="bounded_retention",
        blocks=[[_cohorts(facts)], [_tiers(facts)]],
    )


def title(facts: Facts) -> str:
    """Say how many of the newest cohort came back in the month after, against the one before."""
    known = next_month(facts)
    if not known:
        return say("还没有一批到达客户过完次月")
    values = {
        "month": formats.month_name(known[-1].cohort_starts),
        "rate": formats.rate(known[-1].bounded_rate),
    }
    if len(known) == 1:
        return say("{month}到达的客户，次月有 {rate} 登录", **values)
    before = formats.rate(known[-2].bounded_rate)
    return say("{month}到达的客户，次月有 {rate} 登录；前一批 {before}", **values, before=before)


def next_month(facts: Facts) -> list[Retention]:
    """The place's cohorts whose next month is over, where the rate may be shown, oldest first."""
    return [row for row in facts.people.part_cohorts if row.part is None and told(row)]


def _cohorts(facts: Facts) -> Table:
    ages, lines = by_age(facts.people.cohorts, "bounded_rate", "{:%Y-%m}".format, say(OPEN))
    return Table(
        id="retention-cohorts",
        title=say("当期留存率，各批次"),
        head=(say("首次到达月"), say("到达人数"), *(_after(age) for age in ages)),
        rows=lines,
        note=say("底色越重越高，空格为尚未过完的月份。"),
        metric="bounded_retention",
    )


def _after(age: int) -> str:
    return say("{n} 个月后", n=age) if age else say("当月")


def _tiers(facts: Facts) -> Table:
    starts, lines = by_part(facts, say(OPEN))
    return Table(
        id="retention-tiers",
        title=say("到达次月的当期留存率，各层级"),
        head=(say("层级"), *(f"{start:%Y-%m}" for start in starts)),
        rows=lines,
        note=say("各列为首次到达月，小字为 95% 区间；本月到达的客户还没有过完次月。"),
        metric="bounded_retention",
    )
