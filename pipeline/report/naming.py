"""What the page of a week, and that of a month, call themselves and the parts they both have."""

from dataclasses import dataclass

from pipeline.report.facts.period import Period


@dataclass(frozen=True)
class Naming:
    """Sentences to be said: of the paper, its period, its findings and its key figures."""

    paper: str
    period: str
    points: str
    in_short: str
    figures: str
    sparks: str


NAMINGS = {
    "week": Naming(
        paper="社交渠道经营周报",
        period="统计周期",
        points="本周要点",
        in_short="{n}句话读完本周",
        figures="从阅读到申购，{n} 个数",
        sparks="小图为近 {n} 周（月活为各完整月），虚线为此前 8 周的中位。",
    ),
    "month": Naming(
        paper="社交渠道经营月报",
        period="统计月份",
        points="本月要点",
        in_short="{n}句话读完本月",
        figures="从月活到申购，{n} 个数",
        sparks="小图为截至本月的各完整月。",
    ),
}


def named(period: Period) -> Naming:
    """Give how a page about `period` is to be called."""
    return NAMINGS[period.kind]
