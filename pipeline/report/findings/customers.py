"""Findings about customers: from followers to active ones, and from those to assets."""

from pipeline.report import formats
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import Cohort, Month
from pipeline.report.findings import phrases
from pipeline.report.findings.ranking import STANDING, SURE, Candidate, by_count, change_effect
from pipeline.report.language import say
from pipeline.report.sections import journeys
from pipeline.report.sections.assets import matured
from pipeline.report.sections.followers import latest, ranked_tiers
from pipeline.report.view import Finding

LEAST_BEFORE = 30  # fewer before make any change look huge


def candidates(facts: Facts) -> list[Candidate | None]:
    """Give the change of MAU, who turns followers into it best, and who reached assets."""
    return [_active(facts), _ratio(facts), _assets(facts), _journey(facts)]


def _active(facts: Facts) -> Candidate | None:
    figure = facts.figure("mau", "month")
    now = next((row for row in latest(facts) if row.part is None), None)
    if figure is None or now is None or figure.starts_on != now.month:
        return None
    if figure.value is None or figure.change is None or now.hides("mau"):
        return None
    if (figure.previous_value or 0) < LEAST_BEFORE:
        return None
    fell = figure.change < 0 and not phrases.is_flat(figure.change)
    told = say("前一个月 {n} 人", n=formats.count(round(figure.previous_value or 0)))
    finding = Finding(
        "attention" if fell else "finding",
        say(
            "{month}的月活 {n} 人，{moved}",
            month=formats.month_name(now.month),
            n=formats.count(round(figure.value)),
            moved=phrases.against_month(figure.change),
        ),
        say("{before}{stable}。", before=told, stable=_stable(facts, now)),
        "lifecycle-moves" if facts.people.moves else "followers-tiers",
        round(figure.value),
        say("流失的客户来自哪个层级、上次登录之后收到过什么") if fell else "",
    )
    return Candidate(
        "followers",
        change_effect(figure.change, figure.previous_value),
        by_count(figure.previous_value),
        finding,
    )


def _stable(facts: Facts, now: Month) -> str:
    """How many of them have been active for three months, beside the month before."""
    if now.stable_mau is None or now.hides("stable_mau"):
        return ""
    stable = formats.count(now.stable_mau)
    own = [row for row in facts.months if row.part is None and row.month < now.month]
    past = own[-1] if own else None
    if past is None or past.stable_mau is None or past.hides("stable_mau"):
        return say("；连续三个月都活跃的稳定月活 {n} 人", n=stable)
    return say(
        "；连续三个月都活跃的稳定月活 {n} 人，前一个月 {past} 人",
        n=stable,
        past=formats.count(past.stable_mau),
    )


def _ratio(facts: Facts) -> Candidate | None:
    """The best part and the last, where chance alone does not set them apart."""
    rows = ranked_tiers(facts)
    if len(rows) < 2:
        return None
    best, last = rows[0], rows[-1]
    if not _is_apart(best, last):
        return None
    finding = Finding(
        "finding",
        say("{place}的粉丝最容易成为月活", place=facts.name(best.part)),
        say(
            "{month}归因月活占粉丝 {best}（{n} 人），{place}为 {last}（{of} 人），95% 区间不重叠。",
            month=formats.month_name(best.month),
            best=formats.rate(best.mau_per_follower),
            n=formats.count(best.mau),
            place=facts.name(last.part, within=True),
            last=formats.rate(last.mau_per_follower),
            of=formats.count(last.mau),
        ),
        "followers-tiers",
        best.mau or 0,
    )
    return Candidate("followers", STANDING, SURE, finding)


def _is_apart(best: Month, last: Month) -> bool:
    """Whether the intervals of two ratios do not overlap."""
    if best.rate_low is None or last.rate_high is None:
        return False
    return best.rate_low > last.rate_high


def _assets(facts: Facts) -> Candidate | None:
    """The latest cohort whose window is over, beside the one before."""
    rows = matured(facts)
    if not rows:
        return None
    now, past = rows[-1], (rows[-2] if len(rows) > 1 else None)
    n = now.newly_active or 0
    rate, month = formats.rate(now.reached_rate), formats.month_name(now.month)
    spread = formats.interval(now.rate_low, now.rate_high)
    title = say("{month}新活跃的客户，{rate} 资产达标", month=month, rate=rate)
    told = say("{n} 人，95% 区间 {spread}", n=formats.count(n), spread=spread)
    if past is None:
        words = say("{told}；还没有更早的一批可比。", told=told)
        return _cohort("finding", title, words, n, STANDING, by_count(n))
    apart = _cohorts_apart(now, past)
    kind = "attention" if apart < 0 else "finding"
    judged = "{told}；上一批（{month}）{past}，差异在误差之内。"
    if apart:
        judged = "{told}；上一批（{month}）{past}，两批区间不重叠。"
    before = formats.rate(past.reached_rate)
    words = say(judged, told=told, month=formats.month_name(past.month), past=before)
    effect = change_effect(apart, n) if apart else STANDING
    return _cohort(kind, title, words, n, effect, SURE if apart else by_count(n))


def _cohort(kind: str, title: str, words: str, n: int, effect: float, certainty: int) -> Candidate:
    check = say("这一批客户从哪些入口来、首月有没有资产类的触达") if kind == "attention" else ""
    finding = Finding(kind, title, words, "assets-cohorts", n, check)
    return Candidate("assets", effect, certainty, finding)


def _cohorts_apart(now: Cohort, past: Cohort) -> float:
    """The relative change between two cohorts, zero where their intervals overlap; only ranks."""
    if None in (now.rate_low, now.rate_high, past.rate_low, past.rate_high):
        return 0.0
    overlap = (now.rate_low or 0) <= (past.rate_high or 0) and (past.rate_low or 0) <= (
        now.rate_high or 0
    )
    if overlap or not past.reached_rate:
        return 0.0
    return (now.reached_rate or 0) / past.reached_rate - 1


def _journey(facts: Facts) -> Candidate | None:
    """The step of all funnels that the smallest share of those before it came to."""
    row = journeys.hardest(facts)
    if row is None:
        return None
    before = [
        one
        for one in facts.journeys
        if (one.part, one.funnel, one.step) == (None, row.funnel, row.step - 1)
    ]
    n = before[0].persons if before and not before[0].hides("persons") else None
    if (n or 0) < LEAST_BEFORE or row.persons is None or row.hides("persons"):
        return None
    told = say(
        "{month}进入的客户：{n} 人走到前一步，{persons} 人走到这一步（95% 区间 {spread}）。",
        month=formats.month_name(row.starts_on),
        n=formats.count(n),
        persons=formats.count(row.persons),
        spread=formats.interval(row.step_low, row.step_high),
    )
    past = ""
    if row.previous_rate is not None and row.total_rate is not None:
        past = say(
            "从入口算起 {now}，前一个月 {past}。",
            now=formats.rate(row.total_rate),
            past=formats.rate(row.previous_rate),
        )
    finding = Finding(
        "finding", journeys.title(facts), formats.sentences([told, past]), "journeys-steps", n or 0
    )
    return Candidate("journeys", STANDING, by_count(n), finding)
