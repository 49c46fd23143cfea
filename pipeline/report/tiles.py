"""The key figures of the week, each beside the period before it."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import Cards, Followers, Stage, Subscriptions
from pipeline.report.facts.shown import Withholding
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.sections.funnel import stage_cell, stages, steps
from pipeline.report.view import Tile

SPARK_WIDTH, SPARK_HEIGHT = 150.0, 26.0
Number = int | float | Decimal
STAGE_TILES = (
    ("read", "阅读/观看", "计次"),
    ("follow", "新增关注", "计次"),
    ("click", "引流点击", "计次"),
    ("arrival", "到达客户", "人数"),
    ("new_customer", "新户", "人数"),
)


def tiles(facts: Facts) -> list[Tile]:
    """Build the tiles in reading order."""
    return [
        *(_stage_tile(facts, stage, label, group) for stage, label, group in STAGE_TILES),
        _mau_tile(facts),
        _card_tile(facts),
        *_subscription_tiles(facts),
        _follower_tile(facts),
    ]


def spark(values: Sequence[Number | None]) -> str:
    """An SVG path through the known values, broken where one is missing; empty below two."""
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    width, height = SPARK_WIDTH / max(1, len(values) - 1), high - low or 1.0
    path, pen = [], "M"
    for at, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        y = SPARK_HEIGHT - 3 - (float(value) - low) / height * (SPARK_HEIGHT - 6)
        path.append(f"{pen}{at * width:.1f} {y:.1f}")
        pen = "L"
    return "".join(path)


def _raw(value: Number | None, cell: Cell) -> str:
    return str(value) if value is not None and cell.state in ("", "immature") else ""


def _before(sentence: str, now: Number | None, past: Cell, past_value: Number | None) -> str:
    """上周 1,234 with an arrow; the comparison is of two published numbers, not a new one."""
    arrow = ""
    if not past.state and now is not None and past_value is not None and now != past_value:
        arrow = " ▲" if now > past_value else " ▼"
    return say(sentence, value=f"{past.text}{arrow}")


def _stage_tile(facts: Facts, stage: str, label: str, group: str) -> Tile:
    key = (facts.week.name, None, stage)
    row, step = stages(facts).get(key), steps(facts).get(key)
    shown = stage_cell(row)
    compared = say("环比 {change}", change=cells.step_change(step.change if step else None).text)
    if shown.state == "immature":
        compared = _mature_words(facts, stage)
    series = [stages(facts).get((week, None, stage)) for week in facts.week.trend]
    return Tile(
        id=stage,
        label=say(label),
        group=say(group),
        value=shown,
        raw=_raw(row.value if row else None, shown),
        compared=compared,
        spark=spark([_drawable(one) for one in series]),
        pill=say(words.IMMATURE) if shown.state == "immature" else "",
        metric=stage,
    )


def _drawable(row: Stage | None) -> Number | None:
    return row.value if row is not None and stage_cell(row).state == "" else None


def _mature_words(facts: Facts, stage: str) -> str:
    cohort = facts.week.mature_cohort
    if cohort is None:
        return say("尚无已成熟的一周")
    row = stages(facts).get((cohort, None, stage))
    return say("已成熟的 {week}：{value}", week=cohort, value=stage_cell(row).text)


def _mau_tile(facts: Facts) -> Tile:
    rows = [row for row in facts.months if row.part is None]
    now = rows[-1] if rows else None
    past = rows[-2] if len(rows) > 1 else None
    shown, before = _of(now, "mau"), _of(past, "mau")
    value = now.mau if now else None
    month = formats.month_name(now.month) if now else say("尚无完整月")
    return Tile(
        id="mau",
        label=say("月活客户"),
        group=month,
        value=shown,
        raw=_raw(value, shown),
        compared=_before("上月 {value}", value, before, past.mau if past else None),
        spark=spark([None if row.hides("mau") else row.mau for row in rows]),
        metric="mau",
    )


def _card_tile(facts: Facts) -> Tile:
    rows = {row.week: row for row in facts.cards if row.part is None}
    return _weekly(facts, rows, "clicks", ("card-clicks", "卡种点击", "计次", "card_click"))


def _subscription_tiles(facts: Facts) -> list[Tile]:
    rows = {row.week: row for row in facts.subscriptions if row.part is None}
    customers = ("subscription-customers", "理财申购客户", "人数", "subscribers")
    amount = ("subscription-amount", "理财申购金额", "元", "subscription_amount")
    return [
        _weekly(facts, rows, "customers", customers),
        _weekly(facts, rows, "amount_yuan", amount, formats.yuan),
    ]


def _weekly(
    facts: Facts,
    rows: dict[str, Cards] | dict[str, Subscriptions],
    column: str,
    names: tuple[str, str, str, str],
    form: Callable[[Decimal], str] | Callable[[int], str] = formats.count,
) -> Tile:
    now, past = rows.get(facts.week.name), rows.get(facts.week.before)
    shown, before = _of(now, column, form), _of(past, column, form)
    value = getattr(now, column, None)
    series = [rows.get(week) for week in facts.week.trend]
    return Tile(
        id=names[0],
        label=say(names[1]),
        group=say(names[2]),
        value=shown,
        raw=_raw(value, shown),
        compared=_before("上周 {value}", value, before, getattr(past, column, None)),
        spark=spark([getattr(r, column) if r and not r.hides(column) else None for r in series]),
        metric=names[3],
    )


def _of(
    row: Withholding | None,
    column: str,
    form: Callable[[Decimal], str] | Callable[[int], str] = formats.count,
) -> Cell:
    return cells.cell(getattr(row, column, None), form, row, column)


def _follower_tile(facts: Facts) -> Tile:
    rows = {row.week: row for row in facts.followers if row.part is None}
    now: Followers | None = rows.get(facts.week.name)
    value = now.followers if now else None
    shown = cells.cell(value, formats.count)
    net = now.net if now else None
    compared = say("本周净增 {net}", net=formats.signed(net))
    if now and now.accounts_reporting is not None and now.accounts != now.accounts_reporting:
        some, all_ = now.accounts_reporting, now.accounts
        compared += say("；{reporting}/{n} 个账号有数", reporting=some, n=all_)
    return Tile(
        id="followers",
        label=say("粉丝"),
        group=say("周末存量"),
        value=shown,
        raw=_raw(value, shown),
        compared=compared,
        spark=spark([one.followers if (one := rows.get(w)) else None for w in facts.week.trend]),
        metric="followers",
    )
