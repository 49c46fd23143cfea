"""From active customers to assets: cohorts that reach the threshold, and assets per customer."""

from pipeline.report import cells, charts, formats
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import Cohort, Month
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.sections.followers import latest
from pipeline.report.view import Figure, Section, Table

RATE = ("reached_rate", "reached")
COHORT_HEAD = ("层级", "新活跃月", "新活跃客户", "其中达标", "达标率")


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    return Section(
        id="assets",
        kicker=say("月活到资产"),
        title=title,
        lede=say(
            "一批新活跃客户（当月活跃、此前三个月未活跃）中，观察期内月日均资产达到门槛的占比；"
            "竖线为 Wilson 95% 区间，空心为未成熟。"
        ),
        metric="mau_to_aum",
        blocks=[[_figure(facts), _per_customer(facts)]],
    )


def told(row: Cohort) -> bool:
    """Whether a cohort was watched long enough and its rate may be shown."""
    return bool(row.mature) and row.reached_rate is not None and not row.hides("reached_rate")


def matured(facts: Facts) -> list[Cohort]:
    """The cohorts of the place whose window is over and whose rate may be shown, in order."""
    return [row for row in facts.cohorts if row.part is None and told(row)]


def _figure(facts: Facts) -> Figure:
    return Figure(
        id="assets-cohorts",
        title=say("新活跃客户的资产达标率"),
        caption=say("按新活跃月分批；全行与各层级。人数过少的批次不画。"),
        spec=charts.rates(_groups(facts), 340),
        data=_table(facts),
        metric="mau_to_aum",
    )


def _groups(facts: Facts) -> list[tuple[str, list[charts.Dot]]]:
    groups = []
    for part in dict.fromkeys((None, *facts.drawn)):
        rows = [row for row in facts.cohorts if row.part == part]
        dots = [dot for row in rows if (dot := _dot(row))]
        if dots:
            groups.append((facts.name(part), dots))
    return groups


def _dot(row: Cohort) -> charts.Dot | None:
    if row.reached_rate is None or row.hides("reached_rate") or row.hides("reached"):
        return None
    low = row.reached_rate if row.rate_low is None else row.rate_low
    high = row.reached_rate if row.rate_high is None else row.rate_high
    month = f"{row.month:%Y-%m}"
    return charts.Dot(month, row.reached_rate, low, high, row.tier, bool(row.mature))


def _table(facts: Facts) -> Table:
    order = [None, *facts.parts]
    rows = [row for part in order for row in facts.cohorts if row.part == part]
    lines = [
        [
            formats.text(facts.name(row.part)),
            formats.text(f"{row.month:%Y-%m}"),
            cells.cell(row.newly_active, formats.exact, row, "newly_active"),
            cells.cell(row.reached, formats.exact, row, "reached", row.mature),
            cells.with_interval(
                row.reached_rate, row.rate_low, row.rate_high, row, RATE, row.mature
            ),
        ]
        for row in rows
    ]
    head = tuple(map(say, COHORT_HEAD))
    return Table(id="assets-cohorts-data", title=say("各批次"), head=head, rows=lines)


def _per_customer(facts: Facts) -> Table:
    lines = [
        [formats.text(facts.name(row.part), href=facts.link(row.part)), *_money(row)]
        for row in latest(facts)
    ]
    month = say("尚无完整月") if facts.month is None else formats.month_name(facts.month)
    return Table(
        id="assets-per-customer",
        title=say("月活客户的资产"),
        head=tuple(map(say, ("层级", "月活", "月日均资产", "户均"))),
        rows=lines,
        note=say("{month}；户均以同一行的月活为底。", month=month),
        metric="aum_per_mau",
    )


def _money(row: Month) -> list[Cell]:
    return [
        cells.cell(row.mau, formats.count, row, "mau"),
        cells.cell(row.aum_yuan, formats.yuan, row, "aum_yuan"),
        cells.cell(row.aum_per_mau, formats.yuan, row, "aum_per_mau"),
    ]
