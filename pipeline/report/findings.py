"""The headline and the findings: sentences chosen by fixed rules from published changes."""

from pipeline.report import formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import Stage, Step
from pipeline.report.formats import MINUS
from pipeline.report.language import say
from pipeline.report.sections import funnel, quality
from pipeline.report.sections.cards import UNNAMED, products
from pipeline.report.sections.followers import ranked_tiers
from pipeline.report.view import Finding

MOST = 5
FALLEN = 0.95  # a step that keeps less than this part of last week's rate is worth a look
COMPARABLE = 30  # a week before below this makes any change look huge
ENOUGH = 100  # counts behind a step rate before it may lead the page
HELD_STAGES = ("read", "follow", "click", "arrival")
ROSE, FELL, FLAT = "{name}多了 {size}", "{name}少了 {size}", "{name}持平"
BUT_FELL, YET_ROSE, ONLY_ROSE = (
    "{name}却少了 {size}",
    "{name}反而多了 {size}",
    "{name}只多了 {size}",
)


def headline(facts: Facts) -> str:
    """Say how reading and arriving (or clicking, where arriving cannot be compared) moved."""
    changes = {
        step.stage: step.change
        for step in _bank_steps(facts)
        if (step.last_week_value or 0) >= COMPARABLE
    }
    top = "read" if changes.get("read") is not None else "exposure"
    low = "arrival" if changes.get("arrival") is not None else "click"
    first, second = changes.get(top), changes.get(low)
    if first is None or second is None:
        return _plain_headline(facts)
    moves = formats.sentence(_two_moves(words.short(top), first, words.short(low), second))
    worst = fallen_steps(facts)
    if not worst:
        return moves
    step = worst[0][0]
    place = facts.name(step.part, within=True)
    _, before, stage = _step_words(facts, step)
    told = "{moves}：{place}「{before} → {stage}」掉得最多"
    return say(told, moves=moves, place=place, before=before, stage=stage)


def findings(facts: Facts) -> list[Finding]:
    """Give three to five sentences: what fell, what moved, what pays, and what is missing."""
    ranked = [
        _fallen(facts),
        _data_gap(facts),
        _biggest_move(facts),
        _ratio(facts),
        _cards(facts),
        _subscriptions(facts),
        _bridge(facts),
    ]
    return [one for one in ranked if one is not None][:MOST]


def fallen_steps(facts: Facts) -> list[tuple[Step, Step]]:
    """Steps (now, the week before) whose rate fell clearly, the deepest fall first."""
    found = funnel.steps(facts)
    pairs = []
    for (week, part, stage), now in found.items():
        past = found.get((facts.week.before, part, stage))
        if week != facts.week.name or part not in _watched(facts) or past is None:
            continue
        if now.stage in words.COUNT_STAGES and _fell(now, past):
            pairs.append((now, past))
    return sorted(pairs, key=lambda pair: (_kept(*pair), pair[0].part or "", pair[0].stage_order))


def _watched(facts: Facts) -> list[str | None]:
    """What is looked at one by one: the bank's tiers, any other place and its parts."""
    return [*facts.own_parts] if facts.is_bank else [None, *facts.own_parts]


def _fell(now: Step, past: Step) -> bool:
    if now.step_rate is None or not past.step_rate or (now.n or 0) < ENOUGH:
        return False
    return _kept(now, past) < FALLEN


def _kept(now: Step, past: Step) -> float:
    """Only ranks the steps; it is never shown."""
    return (now.step_rate or 0.0) / (past.step_rate or 1.0)


def _bank_steps(facts: Facts) -> list[Step]:
    return [s for s in facts.steps if s.part is None and s.week == facts.week.name]


def _moved(name: str, value: float, told: str = "") -> str:
    """How a stage moved; `told` says it against the one before it."""
    size = formats.rate(abs(round(value, 2))).replace(".00%", "%").replace(".0%", "%")
    if round(value, 2) == 0:
        return say(FLAT, name=name)
    return say(told or (ROSE if value > 0 else FELL), name=name, size=size)


def _two_moves(top: str, first: float, low: str, second: float) -> str:
    if first > 0 > second:
        told = BUT_FELL
    elif first < 0 < second:
        told = YET_ROSE
    elif 0 < second < first:
        told = ONLY_ROSE
    else:
        told = ""
    return say("，").join([_moved(top, first), _moved(low, second, told)])


def _plain_headline(facts: Facts) -> str:
    parts = []
    for stage in ("read", "click", "arrival"):
        row: Stage | None = funnel.stages(facts).get((facts.week.name, None, stage))
        if row is not None and row.value is not None:
            parts.append(f"{words.short(stage)} {formats.count(row.value)}")
    if not parts:
        return say("本周没有可用的数据")
    return formats.sentence(say("{parts}（没有可比的上周）", parts=say("，").join(parts)))


def _step_words(facts: Facts, step: Step) -> tuple[str, str, str]:
    """The part a step is of, the stage before it and its own."""
    before = words.short(step.previous_stage or step.stage)
    return facts.name(step.part), before, words.short(step.stage)


def _fallen(facts: Facts) -> Finding | None:
    worst = fallen_steps(facts)
    if not worst:
        return None
    now, past = worst[0]
    place, before, stage = _step_words(facts, now)
    told = say(
        "步转化率由 {past} 降至 {now}（上一步 {base}）。",
        past=formats.rate(past.step_rate),
        now=formats.rate(now.step_rate),
        base=formats.count(now.n),
    )
    more = say("另有 {n} 步也低于上周的 95%。", n=len(worst) - 1) if len(worst) > 1 else ""
    return Finding(
        "attention",
        say("{place}「{before} → {stage}」掉速", place=place, before=before, stage=stage),
        formats.sentences([told, more]),
        "funnel",
    )


def _data_gap(facts: Facts) -> Finding | None:
    late, off = quality.overdue(facts), quality.unbalanced(facts)
    if not late and not off:
        return None
    names = formats.listed(quality.source_name(row) for row in late[:2])
    overdue = "{names}逾期未交，相关数字按缺数处理、不插补。"
    if len(late) > 2:
        overdue = "{names}等 {n} 个来源逾期未交，相关数字按缺数处理、不插补。"
    parts = [say(overdue, names=names, n=len(late))] if late else []
    parts += [say("{n} 个来源的行数对不上。", n=len(off))] if off else []
    return Finding("data", quality_title(facts), formats.sentences(parts), "quality")


def quality_title(facts: Facts) -> str:
    """The sentence above the sources."""
    late, off = len(quality.overdue(facts)), len(quality.unbalanced(facts))
    if off:
        return say("{n} 个来源的行数对不上，{late} 个逾期", n=off, late=late)
    return say("{n} 个来源没有按时到齐", n=late) if late else say("全部来源按时到齐，行行有去处")


def _biggest_move(facts: Facts) -> Finding | None:
    moves = [
        step
        for step in facts.steps
        if step.week == facts.week.name
        and step.part in _watched(facts)
        and step.stage in HELD_STAGES
        and step.change is not None
        and (step.last_week_value or 0) >= ENOUGH
    ]
    if not moves:
        return None
    top = min(moves, key=lambda s: (-abs(s.change or 0), s.part or "", s.stage_order))
    size = formats.change(top.change).replace("▲ ", "").replace("▼ ", "")
    rose = not size.startswith(MINUS)
    told = "{place}{stage}增得最多（{size}）" if rose else "{place}{stage}降得最多（{size}）"
    place, stage = facts.name(top.part, within=True), words.short(top.stage)
    return Finding(
        "finding" if rose else "attention",
        formats.sentence(say(told, place=place, stage=stage, size=size)),
        say(
            "由上周 {before} 到本周 {now}，是各层级主要指标中变动最大的一项。",
            before=formats.count(top.last_week_value),
            now=formats.count(top.value),
        ),
        "trend",
    )


def _ratio(facts: Facts) -> Finding | None:
    rows = ranked_tiers(facts)
    if not rows:
        return None
    best, last = rows[0], rows[-1]
    if formats.rate(best.mau_per_follower) == formats.rate(last.mau_per_follower):
        return None
    return Finding(
        "finding",
        say("{place}的粉丝最容易成为月活", place=facts.name(best.part)),
        say(
            "归因月活占粉丝 {best}，{place}为 {last}。",
            best=formats.rate(best.mau_per_follower),
            place=facts.name(last.part, within=True),
            last=formats.rate(last.mau_per_follower),
        ),
        "followers",
    )


def _cards(facts: Facts) -> Finding | None:
    rows = [r for r in products(facts, facts.week.name) if r.clicks and not r.hides("clicks")]
    if not rows:
        return None
    past = next(
        (r for r in products(facts, facts.week.before) if r.product == rows[0].product), None
    )
    before = past.clicks if past else None
    told = "本周 {n} 次。" if before is None else "本周 {n} 次，上周 {before} 次。"
    told = say(told, n=formats.count(rows[0].clicks), before=formats.count(before))
    name = rows[0].product or say(UNNAMED)
    return Finding("finding", say("「{name}」点击最多", name=name), told, "cards")


def _subscriptions(facts: Facts) -> Finding | None:
    rows = [r for r in facts.subscriptions if r.part is None and r.week == facts.week.name]
    row = rows[0] if rows else None
    if row is None or row.amount_yuan is None or row.customers is None:
        return None
    apart = [
        say(told, n=formats.exact(orders))
        for orders, told in (
            (row.pending_orders, "{n} 笔待确认"),
            (row.withdrawn_orders, "{n} 笔在冷静期内撤回"),
        )
        if orders
    ]
    told = "共 {n} 笔已确认；另有 {apart}，不计入。" if apart else "共 {n} 笔已确认。"
    return Finding(
        "finding",
        say(
            "{n} 位客户申购 {amount}",
            n=formats.count(row.customers),
            amount=formats.yuan(row.amount_yuan),
        ),
        say(told, n=formats.exact(row.orders), apart=formats.listed(apart)),
        "subscriptions",
    )


def _bridge(facts: Facts) -> Finding | None:
    value = funnel.bridge(facts)
    if value is None:
        return None
    rate = formats.rate(value)
    told = say("到达中有 {rate} 带码，其余不归因到任何账号，也不作推测。", rate=rate)
    return Finding("data", say("带码率 {rate}", rate=rate), told, "funnel")
