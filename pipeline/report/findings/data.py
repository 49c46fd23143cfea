"""Findings about the data itself: what is missing, what carries a code, and the top post."""

from collections.abc import Sequence

from pipeline.report import formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import Step
from pipeline.report.facts.source_rows import Source
from pipeline.report.findings import phrases
from pipeline.report.findings.ranking import LARGEST, STANDING, SURE, THIN, Candidate
from pipeline.report.language import say
from pipeline.report.sections import funnel, quality
from pipeline.report.view import Finding

NAMED = 2  # sources named in one sentence


def candidates(facts: Facts) -> list[Candidate | None]:
    """Give what is missing, and what fills a page on which little else is known."""
    return [_gap(facts), _level(facts), _growth(facts), _post(facts), _bridge(facts)]


def quality_title(facts: Facts) -> str:
    """The sentence above the sources."""
    if not facts.sources:
        return say("没有任何来源交付过")
    late, off = len(quality.overdue(facts)), len(quality.unbalanced(facts))
    if off:
        return say("{n} 个来源的行数对不上，{late} 个逾期", n=off, late=late)
    return say("{n} 个来源没有按时到齐", n=late) if late else say("全部来源按时到齐，行行有去处")


def _gap(facts: Facts) -> Candidate | None:
    late, off = quality.overdue(facts), quality.unbalanced(facts)
    if not late and not off:
        return None
    parts = [_overdue(late), say("相关数字按缺数处理、不插补。")] if late else []
    parts += [say("{n} 个来源的行数对不上。", n=len(off))] if off else []
    parts.append(say("共查了 {n} 个来源。", n=len(facts.sources)))
    evidence = "quality-gaps" if late else "quality-sources"
    told = formats.sentences(parts)
    finding = Finding("data", quality_title(facts), told, evidence, len(facts.sources))
    return Candidate("data", LARGEST if off else STANDING, SURE, finding)


def _overdue(late: Sequence[Source]) -> str:
    """The sources that did not come in time, the longest missing first, and since when."""
    names = formats.listed(quality.source_name(row) for row in late[:NAMED])
    many = len(late) > NAMED
    told = say("{names}等 {n} 个来源逾期未交", names=names, n=len(late)) if many else ""
    told = told or say("{names}逾期未交", names=names)
    longest = late[0]
    if longest.last_day is None or longest.days_behind is None:
        return say("{told}。", told=told)
    return say(
        "{told}，最久的缺 {day} 之后的数据，已 {n} 天。",
        told=told,
        day=longest.last_day.isoformat(),
        n=longest.days_behind,
    )


def _level(facts: Facts) -> Candidate | None:
    """The stage nearest to the bank that has a number at all, for want of anything to compare."""
    found = funnel.steps(facts)
    for stage in ("arrival", "click", "read"):
        step = found.get((facts.week.name, None, stage))
        if step is not None and step.value:
            return _stage(facts, step, step.value)
    return None


def _stage(facts: Facts, step: Step, n: int) -> Candidate:
    name = formats.sentence(words.short(step.stage))
    told = say("没有可比的上周数。")
    if step.last_week_value is not None:
        told = say("上周 {past}。", past=formats.count(step.last_week_value))
    title = say("{stage}：本周 {value}", stage=name, value=formats.count(n))
    evidence = "funnel-table" if facts.is_bank else f"funnel-{facts.place.level}"
    finding = Finding("finding", title, told, evidence, n)
    return Candidate("level", STANDING, THIN, finding, (None, step.stage))


def _growth(facts: Facts) -> Candidate | None:
    """How many followers there are at the week's end, and how many were won and lost."""
    rows = [r for r in facts.followers if r.part is None and r.week == facts.week.name]
    row = rows[0] if rows else None
    if row is None or not row.followers or row.net is None:
        return None
    title = say(
        "粉丝 {followers}，本周净增 {net}",
        followers=formats.count(row.followers),
        net=formats.signed(row.net),
    )
    told = say(
        "新增 {gained}，取关 {lost}。",
        gained=formats.count(row.gained),
        lost=formats.count(row.lost),
    )
    finding = Finding("finding", title, told, "tile-followers", row.followers)
    return Candidate("growth", STANDING, THIN, finding)


def _post(facts: Facts) -> Candidate | None:
    post = facts.posts[0] if facts.posts else None
    if post is None or not post.reads_last_week:
        return None
    told = say(
        "本周新增阅读 {n} 次，累计 {reads} 次。",
        n=formats.count(post.reads_last_week),
        reads=formats.count(post.reads),
    )
    second = facts.posts[1].reads_last_week if len(facts.posts) > 1 else None
    if second:
        told = formats.sentences([told, say("第二名 {n} 次。", n=formats.count(second))])
    finding = Finding(
        "finding",
        say("最热一篇：《{title}》", title=phrases.one_line(post.title)),
        told,
        "content-posts",
        post.reads_last_week,
    )
    ahead = min(LARGEST, post.reads_last_week / second) if second else STANDING
    return Candidate("content", ahead, THIN, finding)


def _bridge(facts: Facts) -> Candidate | None:
    value = funnel.bridge(facts)
    row = funnel.stages(facts).get((facts.week.name, None, "arrival"))
    if value is None or not facts.is_bank or row is None or row.value is None:
        return None
    rate = formats.rate(value)
    told = say(
        "本周 {n} 位到达客户中有 {rate} 带码，其余不归因到任何账号，也不作推测。",
        n=formats.count(row.value),
        rate=rate,
    )
    finding = Finding("data", say("带码率 {rate}", rate=rate), told, "funnel-table", row.value)
    return Candidate("bridge", STANDING, THIN, finding)
