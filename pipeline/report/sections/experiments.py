"""What the experiments say: each variant against the control, and why one says nothing yet."""

from dataclasses import replace

from pipeline.report import cells, formats
from pipeline.report.facts import Facts
from pipeline.report.facts.money_rows import Variant
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.view import Table

LOOKS = {"fixed": "只读一次", "sequential": "随时可看"}
WHY_NOT = {
    "no_control": "没有对照组",
    "not_planned": "不在计划内",
    "several_variants": "分到多组，不计",
    "too_few": "人数过少",
    "nobody_observed": "还没有人观察期满",
    "immature": "观察期未满，先不读",
    "ratio_mismatch": "分流不符，不读差异",
}
LEAST_P = 0.001
HEAD = (
    "实验",
    "组别",
    "分组人数",
    "观察期满",
    "转化率",
    "与对照之差（百分点）",
    "结论",
    "最小可检出（百分点）",
    "分流 p 值",
)


def table(facts: Facts) -> Table:
    """Give one row for each variant, the control of an experiment first."""
    return Table(
        id="money-experiments",
        title=say("实验结果"),
        head=tuple(say(name) for name in HEAD),
        rows=[_line(row) for row in facts.money.variants],
        note=say(
            "只读一次：全部观察期满后才有差异，区间为 Newcombe 95%；"
            "随时可看：区间较宽，无论看多少次误报不超过 5%。"
            "最小可检出：现有人数下有八成把握发现的差异。"
        ),
        metric="experiment_difference",
    )


def _line(row: Variant) -> list[Cell]:
    look = say(LOOKS[row.look_rule]) if row.look_rule in LOOKS else ""
    mature = row.mature or row.look_rule == "sequential"
    rate = ("rate", "converted", "observed")
    return [
        formats.text(row.experiment_name or row.experiment_id, note=look),
        formats.text(row.variant, note=say("对照组") if row.is_control else ""),
        cells.cell(row.assigned, formats.exact, row, "assigned"),
        cells.cell(row.observed, formats.exact, row, "observed"),
        cells.with_interval(row.rate, row.rate_low, row.rate_high, row, rate, mature),
        _difference(row),
        _verdict(row),
        cells.cell(row.detectable, _unsigned, row, "detectable", why=say("对照组自身不比")),
        _split(row),
    ]


def bounds(row: Variant) -> tuple[float, float] | None:
    """The interval of the difference by the rule of the experiment."""
    pair = (row.difference_low, row.difference_high)
    if row.look_rule == "sequential":
        pair = (row.sequential_low, row.sequential_high)
    low, high = pair
    return None if low is None or high is None else (low, high)


def points(value: float) -> str:
    """A difference of two rates in percentage points, with its sign."""
    return ("+" if value > 0 else "") + _unsigned(value)


def _unsigned(value: float) -> str:
    return formats.rate(value).removesuffix("%")


def _difference(row: Variant) -> Cell:
    ends = bounds(row)
    note = "" if ends is None else say("{low} 至 {high}", low=points(ends[0]), high=points(ends[1]))
    return cells.cell(row.difference, points, row, "difference", why=_why(row), note=note)


def _why(row: Variant) -> str:
    if row.is_control:
        return say("对照组自身不比")
    return say(WHY_NOT[row.why_not]) if row.why_not in WHY_NOT else ""


def _verdict(row: Variant) -> Cell:
    ends = bounds(row)
    if row.why_not == "ratio_mismatch":
        return Cell(_why(row), "attention", _why(row), number=False)
    if row.why_not in WHY_NOT:
        return formats.text(_why(row))
    if row.is_control or ends is None:
        return replace(_difference(row), number=False)
    if ends[0] > 0:
        return formats.text(say("高于对照"))
    return formats.text(say("低于对照") if ends[1] < 0 else say("看不出差异"))


def _split(row: Variant) -> Cell:
    """The p of the split, marked where it does not fit the plan."""
    if row.ratio_p is None:
        return cells.dash(say("不在计划内"))
    text = "<0.001" if row.ratio_p < LEAST_P else formats.ratio(row.ratio_p, 3)
    state = "attention" if row.why_not == "ratio_mismatch" else ""
    return Cell(text, state, sort=repr(row.ratio_p))
