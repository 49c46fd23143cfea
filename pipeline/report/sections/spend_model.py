"""The model of spend: what each platform's next week might bring, and how a sum might be split."""

from decimal import Decimal

from pipeline.report import cells, formats, range_charts, words
from pipeline.report.facts import Facts
from pipeline.report.facts.money_rows import Curve, Mix
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.ticks import count_ticks
from pipeline.report.view import Figure, Table

CURVES = 3  # platforms with the most spend, whose curves are drawn
NOW, SUGGESTED = "现在每周投入", "模型建议"
WHY_NOT = {
    "too_few_weeks": "周数太少",
    "too_few_customers": "新户太少",
    "no_variation": "投入没有变化",
}


def blocks(facts: Facts) -> list[list[Table | Figure]]:
    """Give the suggested mix beside the curves; nothing where no platform has a curve."""
    known = _known(facts)
    if not known:
        return [[_table(facts)]] if facts.money.mix else []
    return [[_mix(facts, known), _curves(facts, known)]]


def _known(facts: Facts) -> list[Mix]:
    """The platforms with a curve that may be shown, those with the most spend first."""
    rows = [
        row
        for row in facts.money.mix
        if row.channel is not None
        and None not in (row.spend_yuan, row.suggested_yuan)
        and not row.hides("suggested_yuan")
    ]
    return sorted(rows, key=lambda row: (-(row.spend_yuan or 0), row.channel or ""))


def _yuan(value: float) -> str:
    return formats.yuan(Decimal(repr(value)))


def _mix(facts: Facts, known: list[Mix]) -> Figure:
    rows = [_range(row) for row in known]
    names = [say(NOW), say(SUGGESTED)]
    return Figure(
        id="money-mix",
        title=_gain(facts),
        caption=say(
            "{signs}。模型，不是结论：总额不变，线为建议的 95% 区间，"
            "不超出各平台历史单周范围。宜先小步试。",
            signs=range_charts.signs(names),
        ),
        spec=range_charts.ranges(rows, names),
        data=_table(facts),
        metric="channel_mix",
    )


def _gain(facts: Facts) -> str:
    """Say what the model thinks could be won, and whether it is told from nothing."""
    whole = next((row for row in facts.money.mix if row.channel is None), None)
    if whole is None or None in (whole.gain, whole.gain_low, whole.gain_high):
        return say("模型：同样总额怎样分")
    told = {
        "gain": formats.ratio(whole.gain),
        "low": formats.ratio(whole.gain_low),
        "high": formats.ratio(whole.gain_high),
    }
    if (whole.gain_low or 0) <= 0:
        return say("模型：换个分法看不出好处（每周 {gain} 位新户，{low} 至 {high}）", **told)
    return say("模型：换个分法每周多 {gain} 位新户（{low} 至 {high}）", **told)


def _range(row: Mix) -> range_charts.Range:
    now, suggested = row.spend_yuan or 0.0, row.suggested_yuan or 0.0
    low = suggested if row.suggested_yuan_low is None else row.suggested_yuan_low
    high = suggested if row.suggested_yuan_high is None else row.suggested_yuan_high
    texts = {say(NOW): _yuan(now), say(SUGGESTED): _yuan(suggested)}
    marks = {say(NOW): now, say(SUGGESTED): suggested}
    name = words.platform(row.channel) or ""
    return range_charts.Range(name, marks, texts, low, high, " → ".join(texts.values()))


def _table(facts: Facts) -> Table:
    last = sorted(facts.money.mix, key=lambda row: (row.channel is None, row.channel or ""))
    head = ("平台", "看过的周数", "其间新户", NOW, SUGGESTED, "预计多出新户")
    return Table(
        id="money-mix-data",
        title=say("模型建议的投入"),
        head=tuple(say(name) for name in head),
        rows=[_line(row) for row in last],
        note=say("饱和曲线以最小二乘拟合，区间由 400 次有放回抽周得出；不含赠品与抽奖。"),
    )


def _line(row: Mix) -> list[Cell]:
    why = say(WHY_NOT[row.why_not]) if row.why_not in WHY_NOT else ""
    low, high = row.suggested_yuan_low, row.suggested_yuan_high
    spread = "" if low is None or high is None else f"{_yuan(low)}–{_yuan(high)}"
    gained = (formats.ratio(row.gain_low), formats.ratio(row.gain_high))
    return [
        formats.text(say("合计") if row.channel is None else words.platform(row.channel)),
        cells.cell(row.weeks, formats.exact),
        cells.cell(row.customers, formats.exact, row, "customers"),
        cells.cell(row.spend_yuan, _yuan, row, "spend_yuan", why=why),
        cells.cell(row.suggested_yuan, _yuan, row, "suggested_yuan", why=why, note=spread),
        cells.cell(row.gain, formats.ratio, row, "gain", why=why, note="–".join(gained)),
    ]


def _curves(facts: Facts, known: list[Mix]) -> Figure:
    drawn = [(row.channel, _points(facts, row.channel)) for row in known[:CURVES]]
    bands = [_band(channel or "", points) for channel, points in drawn if points]
    most = max((x for band in bands for x in band.x), default=1.0)
    return Figure(
        id="money-curves",
        title=say("模型：每周投入与新户"),
        caption=say(
            "投入最多的 {n} 个平台；曲线只画到历史单周最多的投入，阴影为 95% 区间。", n=len(bands)
        ),
        spec=range_charts.bands(bands, say("每周投入（元）"), count_ticks(most)),
        data=_points_table(facts, [channel for channel, _ in drawn]),
        metric="channel_curve",
    )


def _points(facts: Facts, channel: str | None) -> list[Curve]:
    return [
        row
        for row in facts.money.curves
        if row.channel == channel and row.expected is not None and not row.hides("expected")
    ]


def _band(channel: str, points: list[Curve]) -> range_charts.Band:
    return range_charts.Band(
        name=words.platform(channel) or channel,
        x=[row.spend_yuan or 0.0 for row in points],
        y=[row.expected or 0.0 for row in points],
        low=[row.expected_low or 0.0 for row in points],
        high=[row.expected_high or 0.0 for row in points],
        texts=[f"{_yuan(row.spend_yuan or 0.0)} → {formats.ratio(row.expected)}" for row in points],
    )


def _points_table(facts: Facts, channels: list[str | None]) -> Table:
    lines = [
        [
            formats.text(words.platform(row.channel)),
            cells.cell(row.spend_yuan, _yuan),
            cells.cell(row.expected, formats.ratio, row, "expected"),
            cells.cell(row.expected_low, formats.ratio, row, "expected"),
            cells.cell(row.expected_high, formats.ratio, row, "expected"),
        ]
        for channel in channels
        for row in facts.money.curves
        if row.channel == channel
    ]
    head = ("平台", "每周投入（元）", "预期新户", "区间下限", "区间上限")
    return Table(
        id="money-curves-data",
        title=say("曲线上的点"),
        head=tuple(say(name) for name in head),
        rows=lines,
    )
