"""Findings about the stages of the funnel: what moved most, or that nothing did."""

from pipeline.report import formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.figure_rows import Expected, KeyFigure
from pipeline.report.findings import phrases, traffic
from pipeline.report.findings.ranking import (
    STANDING,
    SURE,
    Candidate,
    by_count,
    change_effect,
    spreads,
)
from pipeline.report.findings.traffic import (
    COMPARABLE,
    RISEN,
    Key,
    certainty_of,
    evidence_of,
    fallen_steps,
    figures_of,
    ranges_of,
    watched,
)
from pipeline.report.language import say
from pipeline.report.view import Finding

MOVING = (*words.COUNT_STAGES, "arrival")  # known when their week is over


def candidates(facts: Facts) -> list[Candidate | None]:
    """Give what moved most; that nothing did only where no step has anything to say either."""
    return [_biggest_move(facts, calm=not any(traffic.candidates(facts)))]


def fallen_stage(facts: Facts) -> str:
    """The stage of a part that fell further from its usual than any step did; else nothing."""
    ranges = ranges_of(facts)
    steps = {(now.part, now.stage) for now, _ in fallen_steps(facts)}
    known = [ranges.get((part, stage, "rate")) for part, stage in steps]
    least = max([RISEN, *(spreads(usual) for usual in known if usual)])
    fallen = [
        (effect, row)
        for effect, row in _moves(facts)
        if row.part is not None and (row.part, row.metric) not in steps
        if (row.against_usual or 0) < 0 and effect > least
    ]
    if not fallen:
        return ""
    _, row = min(fallen, key=lambda one: (-one[0], *_order(one[1])))
    return _moved(facts, row, opening=False)


def _biggest_move(facts: Facts, *, calm: bool) -> Candidate | None:
    """What moved most; where that is not far, and all is `calm` besides, that nothing did."""
    ranges, moves = ranges_of(facts), _moves(facts)
    if not moves:
        return _last_week(facts)
    effect, row = min(moves, key=lambda one: (-one[0], *_order(one[1])))
    if effect < STANDING:
        return _calm(facts, row, len(moves)) if calm else None
    usual = ranges.get((row.part, row.metric, row.kind))
    rose = (row.against_usual or 0) > 0
    finding = Finding(
        "finding" if rose else "attention",
        _moved(facts, row),
        say(
            "本周 {now}，前 {weeks} 周中位数 {usual}，上周 {past}。",
            now=phrases.whole(row.value),
            weeks=row.usual_weeks,
            usual=phrases.whole(row.usual_value),
            past=phrases.whole(row.previous_value),
        ),
        evidence_of(facts, row.part),
        round(row.value or 0),
        "" if rose else phrases.check(row.metric),
    )
    certainty = certainty_of(facts, usual, row.value)
    return Candidate("moves", effect, certainty, finding, (row.part, row.metric))


def _moves(facts: Facts) -> list[tuple[float, KeyFigure]]:
    """The stages of the week that can be compared with their usual, with how far they are."""
    ranges = ranges_of(facts)
    return [
        (_effect(row, ranges), row)
        for row in figures_of(facts).values()
        if row.part in watched(facts)
        and row.metric in MOVING
        and row.kind != "rate"
        and row.value is not None
        and row.against_usual is not None
        and (row.usual_value or 0) >= COMPARABLE
    ]


def _moved(facts: Facts, row: KeyFigure, *, opening: bool = True) -> str:
    moved = phrases.against_usual(row.against_usual or 0)
    return _placed(facts, row.part, row.metric, moved, opening=opening)


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
        moved=_moved(facts, row, opening=False),
        now=phrases.whole(row.value),
        weeks=row.usual_weeks,
        usual=phrases.whole(row.usual_value),
    )
    title = say("漏斗里能比的各项都在通常范围内")
    finding = Finding("finding", title, told, evidence_of(facts, row.part), n)
    return Candidate("moves", STANDING, SURE, finding, (row.part, row.metric))


def _last_week(facts: Facts) -> Candidate | None:
    """Where the past is too short for a usual, what moved most on the week before."""
    moves = [
        step
        for step in facts.steps
        if step.week == facts.week.name
        and step.part in watched(facts)
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
        evidence_of(facts, top.part),
        top.value or 0,
        "" if rose else phrases.check(top.stage),
    )
    effect = change_effect(top.change or 0, top.last_week_value)
    return Candidate("moves", effect, by_count(top.last_week_value), finding)
