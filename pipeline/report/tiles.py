"""The key figures of the week, each beside the week before and its usual weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.periods import week_name
from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.figure_rows import KeyFigure
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.view import Slice, Tile

CENT = Decimal("0.01")
NO_BREAK = "\N{NO-BREAK SPACE}"  # an arrow stays with its number
Key = tuple[str | None, str | None]  # tier and platform; None for all of them
Figures = dict[tuple[str, bool], list[KeyFigure]]  # by metric, and whether a rate
SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 150.0, 26.0, 3.0


@dataclass(frozen=True)
class Shape:
    """A tile: which published figure it shows, under which name."""

    id: str
    metric: str
    label: str
    group: str = ""  # what is counted; a month's own name stands for a monthly figure


SHAPES = (
    Shape("read", "read", "阅读/观看", "计次"),
    Shape("follow", "follow", "新增关注", "计次"),
    Shape("click", "click", "引流点击", "计次"),
    Shape("arrival", "arrival", "到达客户", "人数"),
    Shape("new_customer", "new_customer", "新户", "人数"),
    Shape("mau", "mau", "月活客户"),
    Shape("card-clicks", "card_click", "卡种点击", "计次"),
    Shape("subscription-customers", "subscribers", "理财申购客户", "人数"),
    Shape("subscription-amount", "subscription_amount", "理财申购金额", "元"),
    Shape("followers", "followers", "粉丝", "周末存量"),
)


def tiles(facts: Facts) -> list[Tile]:
    """Build the tiles of the page's place, in reading order."""
    own = (facts.place.tier, facts.place.platform)
    return _tiles(facts, own, _by_slice(facts).get(own, {}))


def slices(facts: Facts) -> list[Slice]:
    """Build the tiles of every tier, platform and both of which there are figures."""
    found = _by_slice(facts)
    order = sorted(found, key=lambda key: (words.rank(key[0]), key[0] or "", key[1] or ""))
    return [Slice(*key, _tiles(facts, key, found[key])) for key in order]


def _by_slice(facts: Facts) -> dict[Key, Figures]:
    """Sort the figures by slice, then by what they are; each list the oldest first."""
    found: dict[Key, Figures] = {}
    for row in facts.figure_history:
        figures = found.setdefault((row.tier, row.platform), {})
        figures.setdefault((row.metric, row.kind == "rate"), []).append(row)
    return found


def _tiles(facts: Facts, key: Key, figures: Figures) -> list[Tile]:
    whole = key == (facts.place.tier, facts.place.platform)
    reporting = _reporting(facts) if whole else ""  # only known of the whole place
    return [_tile(facts, figures, shape, reporting) for shape in SHAPES]


def _tile(facts: Facts, figures: Figures, shape: Shape, reporting: str) -> Tile:
    monthly = shape.metric == "mau"
    known = figures.get((shape.metric, False), [])
    rows = [row for row in known if (row.period == "month") == monthly]
    now = next((row for row in rows[-1:] if monthly or row.starts_on == facts.week.starts), None)
    shown = figure(now)
    immature = shown.state == "immature"
    return Tile(
        id=shape.id,
        label=say(shape.label),
        group=_month(now) if monthly else say(shape.group),
        value=shown,
        raw=shown.sort,
        compared=_matured(rows) if immature else _compared(now, monthly),
        rate=reporting
        if shape.metric == "followers"
        else _rate(facts, figures.get((shape.metric, True), [])),
        spark=spark([_drawable(row) for row in rows]),
        usual=_usual(rows, now),
        pill=say(words.IMMATURE) if immature else "",
        metric=shape.metric,
    )


def figure(row: KeyFigure | None) -> Cell:
    """A key figure as it may be shown, in the form of its kind."""
    value, mature = (row.value, row.mature) if row else (None, True)
    if row and row.kind == "yuan" and value is not None:
        return cells.cell(Decimal(str(value)).quantize(CENT), formats.yuan, row, "value", mature)
    whole = None if value is None else round(value)
    return cells.cell(whole, formats.count, row, "value", mature)


def _month(row: KeyFigure | None) -> str:
    return formats.month_name(row.starts_on) if row else say("尚无完整月")


def _compared(row: KeyFigure | None, monthly: bool) -> str:
    if row is None or row.value is None:
        return ""
    told = [say("较上月 {change}" if monthly else "环比 {change}", change=_change(row.change))]
    if row.against_usual is not None:
        usual = _change(row.against_usual)
        told.append(say("较中位 {change}", change=usual))
    return "　".join(part.replace(" ", NO_BREAK) for part in told)


def _change(value: float | None) -> str:
    return cells.step_change(value).text


def _matured(rows: Sequence[KeyFigure]) -> str:
    """The latest figure whose window is over, where this week's is not."""
    mature = [row for row in rows if row.mature]
    if not mature:
        return say("尚无已成熟的一周")
    last = mature[-1]
    return say("已成熟的 {week}：{n}", week=week_name(last.starts_on), n=figure(last).text)


def _rate(facts: Facts, rows: Sequence[KeyFigure]) -> str:
    now = next((row for row in rows[-1:] if row.starts_on == facts.week.starts), None)
    if now is None or now.value is None or not now.mature:
        return ""
    rate = formats.rate(now.value)
    if now.usual_value is None:
        return say("步转化率 {rate}", rate=rate)
    return say("步转化率 {rate}，中位 {usual}", rate=rate, usual=formats.rate(now.usual_value))


def _reporting(facts: Facts) -> str:
    """How followers moved, and how many accounts say so."""
    rows = [row for row in facts.followers if row.part is None and row.week == facts.week.name]
    if not rows:
        return ""
    told = say("本周净增 {net}", net=formats.signed(rows[0].net))
    reporting, accounts = rows[0].accounts_reporting, rows[0].accounts
    if reporting is None or accounts is None or reporting == accounts:
        return told
    return told + say("；{reporting}/{n} 个账号有数", reporting=reporting, n=accounts)


def _drawable(row: KeyFigure) -> float | None:
    return None if row.hides("value") or not row.mature else row.value


def spark(values: Sequence[float | None]) -> str:
    """An SVG path through the known values, broken where one is missing; empty below two."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    width = SPARK_WIDTH / max(1, len(values) - 1)
    path, pen = [], "M"
    for at, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        path.append(f"{pen}{at * width:.1f} {_height(value, known):.1f}")
        pen = "L"
    return "".join(path)


def _usual(rows: Sequence[KeyFigure], now: KeyFigure | None) -> str:
    """An SVG path at the height of the usual value: what the last point is measured against."""
    known = [value for row in rows if (value := _drawable(row)) is not None]
    if now is None or now.usual_value is None or len(known) < 2:
        return ""
    return f"M0 {_height(now.usual_value, known):.1f}H{SPARK_WIDTH:.0f}"


def _height(value: float, known: Sequence[float]) -> float:
    low, high = min(known), max(known)
    share = min(1.0, max(0.0, (value - low) / (high - low or 1.0)))
    return SPARK_HEIGHT - SPARK_EDGE - share * (SPARK_HEIGHT - 2 * SPARK_EDGE)
