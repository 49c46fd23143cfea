"""The headline: how reading and arriving moved, and what fell most."""

from pipeline.report import formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import Stage, Step
from pipeline.report.findings.moves import fallen_stage
from pipeline.report.findings.traffic import COMPARABLE, fallen_steps, step_words
from pipeline.report.language import say
from pipeline.report.sections import funnel

ROSE, FELL, FLAT = "{name}多了 {size}", "{name}少了 {size}", "{name}持平"
BUT_FELL, YET_ROSE, ONLY_ROSE = (
    "{name}却少了 {size}",
    "{name}反而多了 {size}",
    "{name}只多了 {size}",
)
CONTRAST = 0.02  # moves smaller than this are set against nothing
BOTH_FLAT = "{first}与{second}都与上周持平"


def headline(facts: Facts) -> str:
    """Say how reading and arriving moved; what stands nearest, where these cannot be compared.

    Where only one of the two ends can be compared, it is told alone.
    """
    changes = {
        step.stage: step.change
        for step in _own_steps(facts)
        if (step.last_week_value or 0) >= COMPARABLE and step.change is not None
    }
    known = [
        [(stage, changes[stage]) for stage in end if stage in changes][:1]
        for end in (("read", "exposure"), ("arrival", "click"))
    ]
    moves = _moves([one for end in known for one in end])
    if not moves:
        return _plain_headline(facts)
    told = fall(facts)
    return say("{moves}；{fall}", moves=moves, fall=told) if told else moves


def fall(facts: Facts) -> str:
    """What fell furthest from its usual, the stage of a part or a step; nothing where none did."""
    if furthest := fallen_stage(facts):
        return furthest
    worst = fallen_steps(facts)
    if not worst:
        return ""
    step = worst[0][0]
    place = facts.name(step.part, within=True)
    _, before, stage = step_words(facts, step)
    told = (
        "{place}「{before} → {stage}」掉得最多" if step.part else "「{before} → {stage}」掉得最多"
    )
    return say(told, place=place, before=before, stage=stage)


def _own_steps(facts: Facts) -> list[Step]:
    return [s for s in facts.steps if s.part is None and s.week == facts.week.name]


def _moves(ends: list[tuple[str, float]]) -> str:
    """How one or two stages moved, the second told against the first."""
    if not ends:
        return ""
    if len(ends) == 1:
        return formats.sentence(_moved(words.short(ends[0][0]), ends[0][1]))
    (top, first), (low, second) = ends
    if round(first, 2) == round(second, 2) == 0:
        both = say(BOTH_FLAT, first=words.short(top), second=words.short(low))
        return formats.sentence(both)
    moves = [
        _moved(words.short(top), first),
        _moved(words.short(low), second, _told(first, second)),
    ]
    return formats.sentence(say("，").join(moves))


def _told(first: float, second: float) -> str:
    """How the second move is set against the first, judged as both are written."""
    first, second = round(first, 2), round(second, 2)
    if min(abs(first), abs(second)) >= CONTRAST and first * second < 0:
        return BUT_FELL if first > 0 else YET_ROSE
    return ONLY_ROSE if 0 < second < first else ""


def _moved(name: str, value: float, told: str = "") -> str:
    """How a stage moved; `told` says it against the one before it."""
    size = formats.rate(abs(round(value, 2))).replace(".00%", "%").replace(".0%", "%")
    if round(value, 2) == 0:
        return say(FLAT, name=name)
    return say(told or (ROSE if value > 0 else FELL), name=name, size=size)


def _plain_headline(facts: Facts) -> str:
    parts = []
    for stage in ("read", "click", "arrival"):
        row: Stage | None = funnel.stages(facts).get((facts.week.name, None, stage))
        if row is not None and row.value is not None:
            parts.append(f"{words.short(stage)} {formats.count(row.value)}")
    if not parts:
        return say("本周没有可用的数据")
    return formats.sentence(say("{parts}（没有可比的上周）", parts=say("，").join(parts)))
