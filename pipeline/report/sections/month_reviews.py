"""What review decided in a month on texts before they went out."""

from pipeline.report import formats
from pipeline.report.facts import Facts
from pipeline.report.facts.text_rows import Review
from pipeline.report.language import say
from pipeline.report.sections import reviews
from pipeline.report.view import Section


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    known = bool(facts.texts.reviews)
    return Section(
        id="reviews",
        kicker=say("合规审稿"),
        title=title,
        lede=say("稿件发布前的送审决定；在线标题的规则比对按周进行，见周报。"),
        metric="rejection_rate",
        blocks=[[reviews.by_month(facts)], [reviews.latest(facts)]] if known else [],
    )


def title(facts: Facts) -> str:
    """Say how many texts were sent to review, and how many of those decided were rejected."""
    row = of_month(facts, facts.month)
    if row is None:
        return say("本月没有送审记录")
    sent = formats.exact(row.submissions)
    if row.rejection_rate is None:
        return say("本月送审 {n} 篇，篇数不足，不给驳回率", n=sent)
    return say("本月送审 {n} 篇，驳回率 {rate}", n=sent, rate=formats.rate(row.rejection_rate))


def of_month(facts: Facts, month: object) -> Review | None:
    """What review decided of all texts of the place in a month; None where nothing was sent."""
    own = [row for row in facts.texts.reviews if row.part is None and row.author is None]
    return next((row for row in own if row.month == month), None)
