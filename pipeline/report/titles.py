"""The sentence above each section: what the week's numbers say, computed, never typed."""

from pipeline.report import formats, words
from pipeline.report.facts import Facts
from pipeline.report.findings import fallen_stage, fallen_steps, quality_title
from pipeline.report.language import say
from pipeline.report.sections.accounts import accounts
from pipeline.report.sections.assets import matured
from pipeline.report.sections.attribution import title as attribution
from pipeline.report.sections.cards import UNNAMED, last_week, products
from pipeline.report.sections.compliance import title as compliance
from pipeline.report.sections.followers import ranked_tiers
from pipeline.report.sections.funnel import bridge, steps
from pipeline.report.sections.journeys import title as journeys
from pipeline.report.sections.lifecycle import title as lifecycle
from pipeline.report.sections.matrix import title as matrix
from pipeline.report.sections.money import title as money
from pipeline.report.sections.opinion import title as opinion
from pipeline.report.sections.retention import title as retention
from pipeline.report.sections.themes import title as themes
from pipeline.report.sections.wealth import title as wealth


def titles(facts: Facts) -> dict[str, str]:
    """Give the title of every section by its id."""
    return {
        "funnel": _funnel(facts),
        "trend": _trend(facts),
        "matrix": matrix(facts),
        "watch": _watch(facts),
        "followers": followers_title(facts),
        "lifecycle": lifecycle(facts),
        "retention": retention(facts),
        "assets": assets_title(facts),
        "wealth": wealth(facts),
        "cards": _cards(facts),
        "subscriptions": _subscriptions(facts),
        "attribution": attribution(facts),
        "money": money(facts),
        "journeys": journeys(facts),
        "content": _content(facts),
        "themes": themes(facts),
        "compliance": compliance(facts),
        "opinion": opinion(facts),
        "accounts": say("{n} 个账号，逐个可查", n=len(accounts(facts))),
        "quality": quality_title(facts),
    }


def _funnel(facts: Facts) -> str:
    fallen, lower = fallen_steps(facts), fallen_stage(facts)
    if lower or not fallen:
        known = any(step.change is not None for step in facts.steps)
        told = say("没有一步的数量与转化率同时明显下降" if known else "没有可比的上周")
        told = formats.sentence(lower) if lower else told
        if bridge(facts) is None:
            return told
        return say("{told}；带码率 {rate}", told=told, rate=formats.rate(bridge(facts)))
    step = fallen[0][0]
    return say(
        "{place}在「{before} → {stage}」掉速，降到 {rate}",
        place=facts.name(step.part),
        before=words.within(words.stage(step.previous_stage or step.stage)),
        stage=words.within(words.stage(step.stage)),
        rate=formats.rate(step.step_rate),
    )


def _trend(facts: Facts) -> str:
    parts = []
    for stage in ("click", "arrival"):
        step = steps(facts).get((facts.week.name, None, stage))
        if step is not None and step.change is not None:
            name = words.within(words.stage(stage))
            parts.append(say("{name}环比 {change}", name=name, change=_sign(step.change)))
    if not parts:
        return say("近 {n} 周的点击与到达", n=len(facts.week.trend))
    return formats.sentence(say("，").join(parts))


def _watch(facts: Facts) -> str:
    if not facts.alerts:
        quiet = "本周没有数字偏离自己的通常范围" if facts.expected else "还没有足够的往周可以相比"
        return say(quiet)
    comments = sum(row.metric == "grave_comments" for row in facts.alerts)
    moved = [row for row in facts.alerts if row.metric != "grave_comments"]
    grave = [row for row in moved if row.severity > 1]
    below = sum(row.direction == "below" for row in grave)
    parts = [say("{n} 处出现严重评论", n=comments)] if comments else []
    if grave:
        told = "{n} 项偏离较大，其中 {below} 项偏低" if below else "{n} 项偏离较大，都是偏高"
        parts.append(say(told, n=len(grave), below=below))
    elif moved:
        parts.append(say("{n} 项轻微偏离", n=len(moved)))
    return formats.sentence(say("；").join(parts))


def _sign(change: float) -> str:
    return formats.change(change).rpartition(" ")[2]


def followers_title(facts: Facts) -> str:
    """Name the part whose followers become active customers best."""
    rows = ranked_tiers(facts)
    if not rows:
        return say("粉丝或月活还不足以相比")
    best, last = rows[0], rows[-1]
    share = formats.rate(best.mau_per_follower)
    if len(rows) == 1:
        return say("{place}的归因月活占粉丝 {share}", place=facts.name(best.part), share=share)
    if share == formats.rate(last.mau_per_follower):
        return say("各层级的归因月活同占粉丝 {share}", share=share)
    place = facts.name(best.part)
    return say("{place}的归因月活占粉丝比例最高：{share}", place=place, share=share)


def assets_title(facts: Facts) -> str:
    """Say how many of the newest cohort that was watched long enough have the assets."""
    rows = matured(facts)
    if not rows:
        over = any(row.part is None and row.mature for row in facts.cohorts)
        return say("走完观察期的新活跃客户人数过少" if over else "还没有一批新活跃客户走完观察期")
    last = rows[-1]
    return say(
        "{month}新活跃的客户，{rate} 资产达标（{spread}）",
        month=formats.month_name(last.month),
        rate=formats.rate(last.reached_rate),
        spread=formats.interval(last.rate_low, last.rate_high),
    )


def _cards(facts: Facts) -> str:
    rows = [r for r in products(facts, facts.week.name) if r.clicks and not r.hides("clicks")]
    if not rows:
        return say("本周没有可展示的卡种点击")
    name, n = rows[0].product or say(UNNAMED), formats.count(rows[0].clicks)
    before = last_week(facts, rows[0])
    told = "{name}点击最多：{n} 次，上周 {before} 次" if before else "{name}点击最多：{n} 次"
    return say(told, name=name, n=n, before=before)


def _subscriptions(facts: Facts) -> str:
    own = {row.week: row for row in facts.subscriptions if row.part is None}
    now, past = own.get(facts.week.name), own.get(facts.week.before)
    if now is None or now.customers is None or now.amount_yuan is None:
        return say("本周的申购不足以展示")
    n, amount = formats.count(now.customers), formats.yuan(now.amount_yuan)
    if past is None or past.amount_yuan is None:
        return say("{n} 位客户申购 {amount}", n=n, amount=amount)
    before = formats.yuan(past.amount_yuan)
    return say("{n} 位客户申购 {amount}，上周 {before}", n=n, amount=amount, before=before)


def _content(facts: Facts) -> str:
    if not facts.posts:
        return say("没有可列的帖子")
    top = facts.posts[0]
    reads = formats.count(top.reads_last_week)
    second = facts.posts[1].reads_last_week if len(facts.posts) > 1 else None
    if not second:
        return say("最热一篇本周新增阅读 {reads}", reads=reads)
    return say(
        "最热一篇本周新增阅读 {reads}，第二名 {second}", reads=reads, second=formats.count(second)
    )
