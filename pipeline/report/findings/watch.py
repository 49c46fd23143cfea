"""The finding of a place with too many parts to set side by side: what is out of range in them."""

from pipeline.report.facts import Facts
from pipeline.report.findings.ranking import SURE, Candidate
from pipeline.report.language import say
from pipeline.report.sections.watch import told as alert
from pipeline.report.view import Finding


def candidates(facts: Facts) -> list[Candidate | None]:
    """Give the gravest weekly alert inside the place, where its parts have no columns here."""
    weekly = [row for row in facts.alerts if row.period == "week"]  # the gravest first
    if not weekly or set(facts.own_parts) <= set(facts.columns):
        return []
    low = sum(row.direction == "below" for row in weekly)
    title = "各处有 {n} 项周数字超出通常范围"
    if low:
        title = "各处有 {n} 项周数字超出通常范围，其中 {low} 项偏低"
    finding = Finding(
        "attention" if low else "finding",
        say(title, n=len(weekly), low=low),
        say("首先是：{told}。", told=alert(weekly[0])),
        "watch-alerts",
        len(weekly),
    )
    return [Candidate("watch", float(weekly[0].severity), SURE, finding)]
