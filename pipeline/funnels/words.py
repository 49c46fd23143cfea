"""The rules a funnel is counted by, in words: each is printed with it (docs/METRICS.md, rule 3)."""

from collections.abc import Iterator

from pipeline.funnels.definition import Funnel
from pipeline.funnels.figures import StepCount

_UNITS = (("天", 86_400), ("小时", 3600), ("分钟", 60), ("秒", 1))
_DEEPEST = "从任一次进入起算，取走得最深的一次，同深取较晚进入的"
_ORDERS = {
    "ordered": f"顺序：按步骤先后，其间可有别的事件；{_DEEPEST}",
    "strict": f"严格顺序：相邻两步之间只可重复前一步的事件；{_DEEPEST}",
    "any": "不论先后：窗口自最先完成的一步起算；取完成步数最多的一次，同数取较晚开始的",
}
_VALUES = {
    "first": "取所到步骤中最先有的值",
    "last": "取所到步骤中最后有的值",
    "step": "取第 {step} 步的值",
}
_PERIODS = {"day": "日", "week": "周", "month": "月"}
_SMALL_N = 30  # docs/METRICS.md, rule 8
_LEAVES = {
    True: "，否则此人不计入整个漏斗",
    False: "，否则此人只算到没有排除事件的最深一步",
}


def rules(funnel: Funnel, by: str | None = None) -> Iterator[str]:
    """Give the rules that bear on a funnel, a line each. by: the period it is counted by, too."""
    yield _ORDERS[funnel.order]
    yield f"窗口：自进入起 {lasting(funnel.window)}，含边界；一天为 24 小时"
    yield "一个事件只填一步；同一时刻的事件按步骤次序推进"
    for number, step in enumerate(funnel.steps, 1):
        if step.window is not None:
            yield f"第 {number} 步须在前一个到达的步骤之后 {lasting(step.window)}内，含边界"
        if step.optional:
            yield f"第 {number} 步可略过：人数为到达该步或更深的人，用时只计真正到达该步的人"
    for exclusion in funnel.exclusions:
        where = f"（{exclusion.where}）" if exclusion.where else ""
        begin, end = exclusion.from_step, exclusion.to_step
        span = "首末两步" if funnel.order == "any" else f"第 {begin} 步与第 {end} 步"
        far = "走完各步" if funnel.order == "any" else f"到达第 {end} 步"
        yield (
            f"排除：到达{span}之间（不含两端时刻）不得有 {exclusion.event}{where}"
            f"{_LEAVES[funnel.leaves]}；没有{far}的不算有排除事件"
        )
    if funnel.breakdown:
        whose = _VALUES[funnel.breakdown.value].format(step=funnel.breakdown.step)
        yield f"按 {funnel.breakdown.by} 细分：{whose}；每人只归一个值，没有值的归（无）"
    if by:
        period = _PERIODS[by]
        yield f"按进入的{period}（Asia/Shanghai）：有进入的每一{period}各计一次，只看该期的进入"
    yield "比率以第 1 步人数为底，区间为 Wilson 95%"
    if len(funnel.steps) > 1:
        yield (
            "用时自进入起算，不是自前一步，到该步最早可到达的时刻为止；"
            "自前一个到达的步骤起的另列于 JSON 的 from_previous"
        )


def read_as(unit: str | None) -> Iterator[str]:
    """Give the rule by which numbers in ts were read, where they are numbers. unit: in words."""
    if unit:
        yield f"ts 是数字：按自 1970 年起（UTC）的{unit}数读"


def notes(
    steps: list[StepCount], left_out: int, absent: list[str], has: list[str]
) -> Iterator[str]:
    """Say what to mind of a result, a line each.

    left_out: rows not counted. absent: events the funnel names and the file has not; has: those it
    has.
    """
    if steps[0].persons < _SMALL_N:
        yield f"第 1 步不足 {_SMALL_N} 人，比率仅供参考"
    if left_out:
        yield f"{left_out:,} 行没有 actor 或 ts，未计入"
    if absent:
        yield f"文件里没有事件 {'、'.join(absent)}；有 {'、'.join(has) or '（无）'}"


def lasting(seconds: int) -> str:
    """Write a window in the largest unit that divides it."""
    unit, size = next((unit, size) for unit, size in _UNITS if seconds % size == 0)
    return f"{seconds // size:,} {unit}"
