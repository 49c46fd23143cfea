"""What review decided on texts before they went out, as the section on compliance shows it."""

from pipeline.report import cells, charts, formats
from pipeline.report.facts import Facts
from pipeline.report.facts.text_rows import Review
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.view import Figure, Table

AUTHORS = {None: "全部", "human": "人写", "ai": "AI 写"}
HEAD = ("送审", "驳回", "退回修改", "驳回率", "改正用时中位（小时）", "事后复查", "漏检率")
NOTE = "稿件按首次送审计一次；驳回率 = 驳回 ÷（通过 + 驳回），竖线为 Wilson 95% 区间。"


def by_month(facts: Facts) -> Figure:
    """The rejection rate of each part, month by month."""
    groups = [
        (facts.name(part), dots)
        for part in dict.fromkeys((None, *facts.drawn))
        if (dots := [d for row in _of(facts, part, None) if (d := _dot(row))])
    ]
    data = Table(
        id="compliance-reviews-data",
        title=say("逐月"),
        head=tuple(say(name) for name in ("月份", "层级", "作者", *HEAD)),
        rows=[
            [
                formats.text(f"{row.month:%Y-%m}"),
                formats.text(facts.name(row.part)),
                formats.text(say(AUTHORS[row.author])),
                *_review(facts, row),
            ]
            for part in (None, *facts.parts)
            for author in AUTHORS
            for row in _of(facts, part, author)
        ],
    )
    return Figure(
        id="compliance-reviews",
        title=say("送审稿件的驳回率"),
        caption=say(NOTE),
        spec=charts.rates(groups, 300),
        data=data,
        metric="rejection_rate",
    )


def _of(facts: Facts, part: str | None, author: str | None) -> list[Review]:
    return [row for row in facts.texts.reviews if (row.part, row.author) == (part, author)]


def _dot(row: Review) -> charts.Dot | None:
    if row.rejection_rate is None or row.rate_low is None or row.rate_high is None:
        return None
    month = f"{row.month:%Y-%m}"
    return charts.Dot(month, row.rejection_rate, row.rate_low, row.rate_high, row.tier)


def latest(facts: Facts) -> Table:
    """The latest month: each part, then the place by who wrote the texts."""
    month = max(row.month for row in facts.texts.reviews)
    picked = [(part, None) for part in facts.parts] + [(None, author) for author in AUTHORS]
    lines = [
        [_who(facts, row), *_review(facts, row)]
        for part, author in picked
        for row in _of(facts, part, author)
        if row.month == month
    ]
    return Table(
        id="compliance-reviews-latest",
        title=say("{month}的审稿", month=formats.month_name(month)),
        head=(say("层级"), *(say(name) for name in HEAD)),
        rows=lines,
        note=say("漏检：已通过的稿件事后抽查，认为本不应通过的占比。"),
        metric="miss_rate",
    )


def _who(facts: Facts, row: Review) -> Cell:
    note = "" if row.author is None else say(AUTHORS[row.author])
    return formats.text(facts.name(row.part), note=note)


def _review(facts: Facts, row: Review) -> list[Cell]:
    least = cells.parameter(facts, "review_least")
    few = say("不足 {least} 篇，不给比率", least=least)
    decided = cells.share_of(
        facts, row.rejection_rate, row.rate_low, row.rate_high, row.decided, few
    )
    return [
        cells.cell(row.submissions, formats.exact),
        cells.cell(row.rejected, formats.exact),
        cells.cell(row.sent_back, formats.exact),
        decided,
        cells.cell(row.median_hours_to_fix, formats.ratio, why=say("没有改后通过的稿件")),
        cells.cell(
            row.rechecked,
            formats.exact,
            note=say("漏检 {n} 篇", n=row.missed) if row.missed else "",
        ),
        cells.share_of(facts, row.miss_rate, None, None, row.rechecked, few),
    ]
