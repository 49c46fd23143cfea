"""Findings about the funnel: the step that fell or rose, and the stage that moved most."""

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
MOVING = (*words.COUNT_STAGES, "arrival")  # known when their week is over
Key = tuple[str | None, str, str]  # part, metric, kind


def fallen_steps(facts: Facts) -> list[tuple[Step, Step]]:
    """Steps (now, the week before) whose rate fell clearly, the deepest fall first.

    A step back to its usual rate from a week above it has not fallen.
    """
    found, ranges = funnel.steps(facts), _ranges(facts)
    pairs = []
    for (week, part, stage), now in found.items():
        past = found.get((facts.week.before, part, stage))
        if week != facts.week.name or part not in _watched(facts) or past is None:
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
    """Give the step that fell, the one that rose, and what moved most."""
    steps = [_fallen(facts), _risen(facts)]
    return [*steps, _biggest_move(facts, calm=not any(steps))]


def _watched(facts: Facts) -> list[str | None]:
    """What is looked at one by one: the bank's tiers, any other place and its parts."""
    shown = [part for part in facts.own_parts if part in facts.columns]
    return [*shown] if facts.is_bank else [None, *shown]


def _fell(now: Step, past: Step) -> bool:
    """Whether a step keeps clearly less, where enough came to it and went on the week before."""
    if now.step_rate is None or not past.step_rate or (now.n or 0) < ENOUGH:
        return False
    if (now.last_week_value or 0) < COMPARABLE:
        return False
    return _kept(now, past) < FALLEN


def _kept(now: Step, past: Step) -> float:
    """Only ranks the steps; it is never shown."""
    return (now.step_rate or 0.0) / (past.step_rate or 1.0)


def _ranges(facts: Facts) -> dict[Key, Expected]:
    return {(row.part, row.metric, row.kind): row for row in facts.expected}


def _figures(facts: Facts) -> dict[Key, KeyFigure]:
    return {(r.part, r.metric, r.kind): r for r in facts.figures if r.period == "week"}


def _certainty(facts: Facts, row: Expected | None, n: float | None) -> int:
    """Sure where the number lies outside the range that alerts go by."""
    if row is not None and abs(row.distance) >= float(cells.parameter(facts, "watch_spreads")):
        return SURE
    return by_count(n)


def _evidence(facts: Facts, part: str | None) -> str:
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
    usual, figure = _ranges(facts).get(key), _figures(facts).get(key)
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
        _evidence(facts, now.part),
        now.n or 0,
        phrases.check(now.stage),
    )
    certainty = _certainty(facts, usual, now.n)
    return Candidate("steps", effect, certainty, finding, (now.part, now.stage))


def _usual_rate(figure: KeyFigure | None) -> str:
    if figure is None or figure.usual_value is None:
        return ""
    usual = formats.rate(figure.usual_value)
    return say("，前 {weeks} 周中位数 {usual}", weeks=figure.usual_weeks, usual=usual)


def _risen(facts: Facts) -> Candidate | None:
    """The step that is furthest above its usual rate, on enough of the stage before."""
    found, ranges = funnel.steps(facts), _ranges(facts)
    risen = [
        (usual, step)
        for part in _watched(facts)
        for stage in words.COUNT_STAGES
        if (usual := ranges.get((part, stage, "rate")))
        and (step := found.get((facts.week.name, part, stage)))
        and usual.distance >= RISEN
        and (step.n or 0) >= ENOUGH
        and (step.value or 0) >= COMPARABLE
    ]
    figures = _figures(facts)
    if not risen:
        return None
    usual, step = max(risen, key=lambda pair: (pair[0].distance, pair[1].part or ""))
    figure = figures.get((step.part, step.stage, "rate"))
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
    finding = Finding("finding", title, told, _evidence(facts, step.part), step.n or 0)
    certainty, about = _certainty(facts, usual, step.n), (step.part, step.stage)
    return Candidate("steps", spreads(usual), certainty, finding, about)


def _biggest_move(facts: Facts, *, calm: bool) -> Candidate | None:
    """What moved most; where that is not far, and all is `calm` besides, that nothing did."""
    ranges = _ranges(facts)
    moves = [
        (_effect(row, ranges), row)
        for row in _figures(facts).values()
        if row.part in _watched(facts)
        and row.metric in MOVING
        and row.kind != "rate"
        and row.value is not None
        and row.against_usual is not None
        and (row.usual_value or 0) >= COMPARABLE
    ]
    if not moves:
        return _last_week(facts)
    effect, row = min(moves, key=lambda one: (-one[0], *_order(one[1])))
    if effect < STANDING:
        return _calm(facts, row, len(moves)) if calm else None
    usual = ranges.get((row.part, row.metric, row.kind))
    rose = (row.against_usual or 0) > 0
    finding = Finding(
        "finding" if rose else "attention",
        _placed(facts, row.part, row.metric, phrases.against_usual(row.against_usual or 0)),
        say(
            "本周 {now}，前 {weeks} 周中位数 {usual}，上周 {past}。",
            now=phrases.whole(row.value),
            weeks=row.usual_weeks,
            usual=phrases.whole(row.usual_value),
            past=phrases.whole(row.previous_value),
        ),
        _evidence(facts, row.part),
        round(row.value or 0),
        "" if rose else phrases.check(row.metric),
    )
    certainty = _certainty(facts, usual, row.value)
    return Candidate("moves", effect, certainty, finding, (row.part, row.metric))


def _effect(row: KeyFigure, ranges: dict[Key, Expected]) -> float:
    usual = ranges.get((row.part, row.metric, row.kind))
    return (
        change_effect(row.against_usual or 0, row.usual_value) if usual is None else spreads(usual)
    )


def _order(row: KeyFigure) -> tuple[int, float, str]:
    """Of moves as large as one another the one nearest to the bank comes first."""
    return (-MOVING.index(row.metric), -abs(row.against_usual or 0), row.part or "")


def _placed(facts: Facts, part: str | None, stage: str, moved: str, *, opening: bool = True) -> str:
    """A stage, where it is not the page's own place, and how it moved."""
    name = formats.sentence(words.short(stage)) if opening else words.short(stage)
    if part is None:
        return formats.sentences([name, moved])
    place = facts.name(part, within=True)
    return say("{place}的{stage}{moved}", place=place, stage=name, moved=moved)


def _calm(facts: Facts, row: KeyFigure, n: int) -> Candidate:
    """Nothing moved: told as such, with what moved most of all that was compared."""
    told = say(
        "比了 {n} 项，离通常最远的是{moved}：本周 {now}，前 {weeks} 周中位数 {usual}。",
        n=n,
        moved=_placed(
            facts,
            row.part,
            row.metric,
            phrases.against_usual(row.against_usual or 0),
            opening=False,
        ),
        now=phrases.whole(row.value),
        weeks=row.usual_weeks,
        usual=phrases.whole(row.usual_value),
    )
    title = say("漏斗里能比的各项都在通常范围内")
    finding = Finding("finding", title, told, _evidence(facts, row.part), n)
    return Candidate("moves", STANDING, SURE, finding, (row.part, row.metric))


def _last_week(facts: Facts) -> Candidate | None:
    """Where the past is too short for a usual, what moved most on the week before."""
    moves = [
        step
        for step in facts.steps
        if step.week == facts.week.name
        and step.part in _watched(facts)
        and step.stage in MOVING
        and step.change is not None
        and (step.last_week_value or 0) >= COMPARABLE
    ]
    if not moves:
        return None
    top = min(moves, key=lambda s: (-abs(s.change or 0), s.part or "", s.stage_order))
    rose = (top.change or 0) >= 0
    finding = Finding(
        "finding" if rose else "attention",
        _placed(facts, top.part, top.stage, phrases.against_last(top.change or 0)),
        say(
            "由上周 {before} 到本周 {now}；历史还短，不知通常是多少。",
            before=formats.count(top.last_week_value),
            now=formats.count(top.value),
        ),
        _evidence(facts, top.part),
        top.value or 0,
        "" if rose else phrases.check(top.stage),
    )
    effect = change_effect(top.change or 0, top.last_week_value)
    return Candidate("moves", effect, by_count(top.last_week_value), finding)
