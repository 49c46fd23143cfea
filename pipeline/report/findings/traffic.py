"""Findings about the steps of the funnel: the one that fell, the one that rose."""

from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.figure_rows import Expected, KeyFigure
from pipeline.report.facts.rows import Step
from pipeline.report.findings import phrases
from pipeline.report.findings.ranking import (
    ENOUGH,
    STANDING,
    SURE,
    Candidate,
    by_count,
    change_effect,
    spreads,
)
from pipeline.report.language import say
from pipeline.report.sections import funnel
from pipeline.report.view import Finding

FALLEN = 0.95  # a step that keeps less than this part of last week's rate is worth a look
COMPARABLE = 30  # a week before below this makes any change look huge
RISEN = 2.0  # spreads above the usual from which a step is worth telling
Key = tuple[str | None, str, str]  # part, metric, kind


def fallen_steps(facts: Facts) -> list[tuple[Step, Step]]:
    """Steps (now, the week before) whose rate fell clearly, the deepest fall first.

    A step back to its usual rate from a week above it has not fallen, nor has one that more went on
    from than the week before: only still more came to it.
    """
    found, ranges = funnel.steps(facts), ranges_of(facts)
    pairs = []
    for (week, part, stage), now in found.items():
        past = found.get((facts.week.before, part, stage))
        if week != facts.week.name or part not in watched(facts) or past is None:
            continue
        usual = ranges.get((part, stage, "rate"))
        if usual is not None and usual.distance > -STANDING:
            continue
        if now.stage in words.COUNT_STAGES and _fell(now, past):
            pairs.append((now, past))
    return sorted(pairs, key=lambda pair: (_kept(*pair), pair[0].part or "", pair[0].stage_order))


def step_words(facts: Facts, step: Step) -> tuple[str, str, str]:
    """The part a step is of, the stage before it and its own."""
    before = words.short(step.previous_stage or step.stage)
    return facts.name(step.part), before, words.short(step.stage)


def candidates(facts: Facts) -> list[Candidate | None]:
    """Give the step that fell and the one that rose."""
    return [_fallen(facts), _risen(facts)]


def watched(facts: Facts) -> list[str | None]:
    """What is looked at one by one: the bank's tiers, any other place and its parts."""
    shown = [part for part in facts.own_parts if part in facts.columns]
    return [*shown] if facts.is_bank else [None, *shown]


def _fell(now: Step, past: Step) -> bool:
    """Whether a step keeps clearly less, where enough came to it and went on the week before."""
    if now.step_rate is None or not past.step_rate or (now.n or 0) < ENOUGH:
        return False
    if (now.last_week_value or 0) < COMPARABLE or (now.change or 0) > 0:
        return False
    return _kept(now, past) < FALLEN


def _kept(now: Step, past: Step) -> float:
    """Only ranks the steps; it is never shown."""
    return (now.step_rate or 0.0) / (past.step_rate or 1.0)


def ranges_of(facts: Facts) -> dict[Key, Expected]:
    """The usual range of each number of the page's place and its parts."""
    return {(row.part, row.metric, row.kind): row for row in facts.expected}


def figures_of(facts: Facts) -> dict[Key, KeyFigure]:
    """The weekly key figures of the page's place and its parts."""
    return {(r.part, r.metric, r.kind): r for r in facts.figures if r.period == "week"}


def certainty_of(facts: Facts, row: Expected | None, n: float | None) -> int:
    """How certain a number of `n` counts is: sure where it is outside the range of alerts."""
    if row is not None and abs(row.distance) >= float(cells.parameter(facts, "watch_spreads")):
        return SURE
    return by_count(n)


def evidence_of(facts: Facts, part: str | None) -> str:
    """The chart that shows every stage of a part, or the table that does."""
    if part in facts.drawn:
        return f"funnel-{part or facts.place.level}"
    return "funnel-table"


def _fallen(facts: Facts) -> Candidate | None:
    worst = fallen_steps(facts)
    if not worst:
        return None
    now, past = worst[0]
    key = (now.part, now.stage, "rate")
    usual, figure = ranges_of(facts).get(key), figures_of(facts).get(key)
    effect = change_effect(1 - _kept(now, past), now.value) if usual is None else spreads(usual)
    place, before, stage = step_words(facts, now)
    title = "{place}「{before} → {stage}」掉速" if now.part else "「{before} → {stage}」掉速"
    told = say(
        "步转化率由上周的 {past} 降至 {now}（上一步 {base}）{usual}。",
        past=formats.rate(past.step_rate),
        now=formats.rate(now.step_rate),
        base=formats.count(now.n),
        usual=_usual_rate(figure),
    )
    more = say("另有 {n} 步也低于上周的 95%。", n=len(worst) - 1) if len(worst) > 1 else ""
    finding = Finding(
        "attention",
        say(title, place=place, before=before, stage=stage),
        formats.sentences([told, more]),
        evidence_of(facts, now.part),
        now.n or 0,
        phrases.check(now.stage),
    )
    certainty = certainty_of(facts, usual, now.n)
    return Candidate("steps", effect, certainty, finding, (now.part, now.stage))


def _usual_rate(figure: KeyFigure | None) -> str:
    if figure is None or figure.usual_value is None:
        return ""
    usual = formats.rate(figure.usual_value)
    return say("，前 {weeks} 周中位数 {usual}", weeks=figure.usual_weeks, usual=usual)


def _risen(facts: Facts) -> Candidate | None:
    """The step that is furthest above its usual rate, on enough of the stage before."""
    found, ranges = funnel.steps(facts), ranges_of(facts)
    risen = [
        (usual, step)
        for part in watched(facts)
        for stage in words.COUNT_STAGES
        if (usual := ranges.get((part, stage, "rate")))
        and (step := found.get((facts.week.name, part, stage)))
        and usual.distance >= RISEN
        and (step.n or 0) >= ENOUGH
        and (step.value or 0) >= COMPARABLE
    ]
    if not risen:
        return None
    return _rise(facts, *max(risen, key=lambda pair: (pair[0].distance, pair[1].part or "")))


def _rise(facts: Facts, usual: Expected, step: Step) -> Candidate | None:
    """Tell of a step that is above its usual rate."""
    figure = figures_of(facts).get((step.part, step.stage, "rate"))
    if figure is None or figure.usual_value is None or step.step_rate is None:
        return None
    place, before, stage = step_words(facts, step)
    rate = formats.rate(step.step_rate)
    told = say(
        "前 {weeks} 周中位数 {usual}，上周 {past}（本周上一步 {base}）。",
        weeks=figure.usual_weeks,
        usual=formats.rate(figure.usual_value),
        past=formats.rate(figure.previous_value),
        base=formats.count(step.n),
    )
    title = say(
        "{place}「{before} → {stage}」升到 {rate}"
        if step.part
        else "「{before} → {stage}」升到 {rate}",
        place=place,
        before=before,
        stage=stage,
        rate=rate,
    )
    finding = Finding("finding", title, told, evidence_of(facts, step.part), step.n or 0)
    certainty, about = certainty_of(facts, usual, step.n), (step.part, step.stage)
    return Candidate("steps", spreads(usual), certainty, finding, about)
