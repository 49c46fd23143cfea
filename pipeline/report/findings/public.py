"""Findings about what the public says, and what rules find in titles that are online."""

from pipeline.report import formats
from pipeline.report.facts import Facts
from pipeline.report.facts.text_rows import OpenFinding
from pipeline.report.findings import phrases
from pipeline.report.findings.ranking import LARGEST, SURE, Candidate
from pipeline.report.language import say
from pipeline.report.sections import compliance, opinion
from pipeline.report.view import Finding

WAITING = 2.0  # the effect of complaints without an answer


def candidates(facts: Facts) -> list[Candidate | None]:
    """Give grave comments with complaints that wait, and findings that are still online."""
    return [_opinion(facts), _compliance(facts)]


def _opinion(facts: Facts) -> Candidate | None:
    found = opinion.counts(facts, None)
    total = found.get((None, None))
    worst = found.get((None, opinion.GRAVE))
    grave = worst.comments if worst else 0
    asked = [r for r in facts.texts.answers if (r.part, r.kind) == (None, "complaint")]
    waiting = asked[0].unanswered if asked else 0
    if total is None or not (grave or waiting):
        return None
    named = [say("{n} 条严重评论", n=formats.exact(grave))] if grave else []
    named += [say("{n} 条投诉还没有回复", n=formats.exact(waiting))] if waiting else []
    shown_grave = bool(grave and facts.texts.grave)
    finding = Finding(
        "attention",
        formats.sentence(say("，").join(named)),
        formats.sentences([_said(facts, grave), _answered(facts)]),
        "opinion-grave" if shown_grave else "opinion-aspects" if grave else "opinion-answers",
        total.comments,
        say("；").join(_checks(grave, waiting)),
    )
    return Candidate("opinion", LARGEST if grave else WAITING, SURE, finding)


def _said(facts: Facts, grave: int) -> str:
    found = opinion.counts(facts, None)
    total = found[(None, None)]
    aspects = [
        say(name)
        for code, name in opinion.ASPECTS.items()
        if (row := found.get((code, opinion.GRAVE))) and row.comments
    ]
    told = "本周 {n} 条评论，负面占 {share}。"
    if grave and aspects:
        told = "本周 {n} 条评论，负面占 {share}；严重的说的是{aspects}。"
    return say(
        told,
        n=formats.exact(total.comments),
        share=formats.rate(total.negative_share),
        aspects=formats.listed(map(str.lower, aspects)),
    )


def _checks(grave: int, waiting: int) -> list[str]:
    checks = [say("严重评论是否属实（由账号所在机构当天核实）")] if grave else []
    return checks + ([say("等得最久的投诉在哪个账号、今天由谁回复")] if waiting else [])


def _answered(facts: Facts) -> str:
    rows = [r for r in facts.texts.answers if (r.part, r.kind) == (None, "complaint")]
    if not rows or not rows[0].unanswered:
        return ""
    row = rows[0]
    told = say(
        "投诉 {n} 条，已回复 {answered} 条。",
        n=formats.exact(row.comments),
        answered=formats.exact(row.answered),
    )
    days = row.oldest_unanswered_days
    return formats.sentences([told, "" if days is None else say("等得最久的已 {n} 天。", n=days)])


def _compliance(facts: Facts) -> Candidate | None:
    rows = facts.texts.open_findings  # the gravest first, of these the oldest
    if not rows:
        return None
    first, n = rows[0], len(rows)
    grave = sum(row.severity >= first.severity for row in rows)
    counted = say(
        "最重的 {grave} 处程度为「{severity}」",
        grave=grave,
        severity=say(compliance.SEVERITIES[first.severity]),
    )
    where = say(
        "首先是{account}的《{title}》", account=_account(first), title=phrases.one_line(first.title)
    )
    if first.days_open:
        where = say("{where}，已挂 {n} 天", where=where, n=first.days_open)
    reviewed = compliance.all_rules(facts).get(None)
    week = say("本周审了 {n} 篇。", n=formats.exact(reviewed.posts_reviewed)) if reviewed else ""
    finding = Finding(
        "attention",
        say("在线标题有 {n} 处命中规则、还没有改", n=formats.exact(n)),
        formats.sentences([say("{counted}；{where}。", counted=counted, where=where), week]),
        "compliance-open",
        n,
        say("程度最重的标题是否确属违规（由合规岗复核），确认后当天改或下架"),
    )
    return Candidate("compliance", float(first.severity), SURE, finding)


def _account(row: OpenFinding) -> str:
    return row.account_name or row.account_id
