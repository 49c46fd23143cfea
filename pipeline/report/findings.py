"""The headline and the findings: sentences chosen by fixed rules from published changes."""

from pipeline.report import formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import Stage, Step
from pipeline.report.formats import MINUS
from pipeline.report.sections import funnel, quality
from pipeline.report.sections.cards import products
from pipeline.report.sections.followers import ranked_tiers
from pipeline.report.view import Finding

MOST = 5
FALLEN = 0.95  # a step that keeps less than this part of last week's rate is worth a look
COMPARABLE = 30  # a week before below this makes any change look huge
ENOUGH = 100  # counts behind a step rate before it may lead the page
HELD_STAGES = ("read", "follow", "click", "arrival")


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
    words_of_change = _two_moves(_name(top), first, _name(low), second)
    worst = fallen_steps(facts)
    tail = f"：{_step_words(worst[0][0])}掉得最多" if worst else ""
    return words_of_change + tail


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
    """Steps of the tiers (now, the week before) whose rate fell clearly, the deepest fall first."""
    found = funnel.steps(facts)
    pairs = []
    for (week, tier, stage), now in found.items():
        past = found.get((facts.week.before, tier, stage))
        if week != facts.week.name or tier not in words.OWN_TIERS or past is None:
            continue
        if now.stage in words.COUNT_STAGES and _fell(now, past):
            pairs.append((now, past))
    return sorted(pairs, key=lambda pair: (_kept(*pair), pair[0].tier or "", pair[0].stage_order))


def _fell(now: Step, past: Step) -> bool:
    if now.step_rate is None or not past.step_rate or (now.n or 0) < ENOUGH:
        return False
    return _kept(now, past) < FALLEN


def _kept(now: Step, past: Step) -> float:
    """Only ranks the steps; it is never shown."""
    return (now.step_rate or 0.0) / (past.step_rate or 1.0)


def _bank_steps(facts: Facts) -> list[Step]:
    return [s for s in facts.steps if s.level == "bank" and s.week == facts.week.name]


def _name(stage: str) -> str:
    return words.STAGES[stage].partition("/")[0]


def _moved(value: float) -> str:
    size = formats.rate(abs(round(value, 2))).replace(".00%", "%").replace(".0%", "%")
    if round(value, 2) == 0:
        return "持平"
    return f"{'多' if value > 0 else '少'}了 {size}"


def _two_moves(top: str, first: float, low: str, second: float) -> str:
    if first > 0 > second:
        link = "却"
    elif first < 0 < second:
        link = "反而"
    elif 0 < second < first:
        link = "只"
    else:
        link = ""
    return f"{top}{_moved(first)}，{low}{link if round(second, 2) else ''}{_moved(second)}"


def _plain_headline(facts: Facts) -> str:
    parts = []
    for stage in ("read", "click", "arrival"):
        row: Stage | None = funnel.stages(facts).get((facts.week.name, None, stage))
        if row is not None and row.value is not None:
            parts.append(f"{_name(stage)} {formats.count(row.value)}")
    return "，".join(parts) + "（没有可比的上周）" if parts else "本周没有可用的数据"


def _step_words(step: Step) -> str:
    before = _name(step.previous_stage or step.stage)
    return f"{words.place(step.tier)}「{before} → {_name(step.stage)}」"


def _fallen(facts: Facts) -> Finding | None:
    worst = fallen_steps(facts)
    if not worst:
        return None
    now, past = worst[0]
    more = f"另有 {len(worst) - 1} 步也低于上周的 95%。" if len(worst) > 1 else ""
    return Finding(
        "attention",
        f"{_step_words(now)}掉速",
        f"步转化率由 {formats.rate(past.step_rate)} 降至 {formats.rate(now.step_rate)}"
        f"（上一步 {formats.count(now.n)}）。{more}",
        "funnel",
    )


def _data_gap(facts: Facts) -> Finding | None:
    late, off = quality.overdue(facts), quality.unbalanced(facts)
    if not late and not off:
        return None
    names = "、".join(quality.source_name(row) for row in late[:2])
    more = f"等 {len(late)} 个来源" if len(late) > 2 else ""
    parts = [f"{names}{more}逾期未交，相关数字按缺数处理、不插补。"] if late else []
    parts += [f"{len(off)} 个来源的行数对不上。"] if off else []
    return Finding("data", quality_title(facts), "".join(parts), "quality")


def quality_title(facts: Facts) -> str:
    """The sentence above the sources."""
    late, off = quality.overdue(facts), quality.unbalanced(facts)
    if off:
        return f"{len(off)} 个来源的行数对不上，{len(late)} 个逾期"
    return f"{len(late)} 个来源没有按时到齐" if late else "全部来源按时到齐，行行有去处"


def _biggest_move(facts: Facts) -> Finding | None:
    moves = [
        step
        for step in facts.steps
        if step.week == facts.week.name
        and step.tier in words.OWN_TIERS
        and step.stage in HELD_STAGES
        and step.change is not None
        and (step.last_week_value or 0) >= ENOUGH
    ]
    if not moves:
        return None
    top = min(moves, key=lambda s: (-abs(s.change or 0), s.tier or "", s.stage_order))
    size = formats.change(top.change).replace("▲ ", "").replace("▼ ", "")
    rose = not size.startswith(MINUS)
    return Finding(
        "finding" if rose else "attention",
        f"{words.place(top.tier)}{_name(top.stage)}{'增' if rose else '降'}得最多（{size}）",
        f"由上周 {formats.count(top.last_week_value)} 到本周 {formats.count(top.value)}，"
        "是各层级主要指标中变动最大的一项。",
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
        f"{words.place(best.tier)}的粉丝最容易成为月活",
        f"归因月活占粉丝 {formats.rate(best.mau_per_follower)}，"
        f"{words.place(last.tier)}为 {formats.rate(last.mau_per_follower)}。",
        "followers",
    )


def _cards(facts: Facts) -> Finding | None:
    rows = [r for r in products(facts, facts.week.name) if r.clicks and not r.hides("clicks")]
    if not rows:
        return None
    past = next(
        (r for r in products(facts, facts.week.before) if r.product == rows[0].product), None
    )
    before = f"，上周 {formats.count(past.clicks)} 次" if past and past.clicks is not None else ""
    name = rows[0].product or "未标明卡种"
    words_of = f"本周 {formats.count(rows[0].clicks)} 次{before}。"
    return Finding("finding", f"「{name}」点击最多", words_of, "cards")


def _subscriptions(facts: Facts) -> Finding | None:
    rows = [r for r in facts.subscriptions if r.level == "bank" and r.week == facts.week.name]
    row = rows[0] if rows else None
    if row is None or row.amount_yuan is None or row.customers is None:
        return None
    apart = [
        f"{formats.exact(orders)} 笔{state}"
        for orders, state in (
            (row.pending_orders, "待确认"),
            (row.withdrawn_orders, "在冷静期内撤回"),
        )
        if orders
    ]
    told = f"；另有 {'、'.join(apart)}，不计入" if apart else ""
    return Finding(
        "finding",
        f"{formats.count(row.customers)} 位客户申购 {formats.yuan(row.amount_yuan)}",
        f"共 {formats.exact(row.orders)} 笔已确认{told}。",
        "subscriptions",
    )


def _bridge(facts: Facts) -> Finding | None:
    value = funnel.bridge(facts)
    if value is None:
        return None
    told = f"到达中有 {formats.rate(value)} 带码，其余不归因到任何账号，也不作推测。"
    return Finding("data", f"带码率 {formats.rate(value)}", told, "funnel")
