"""The funnel of each tier, with the bridge between counts and persons, and the tiers' overlap."""

from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import Stage, Step
from pipeline.report.formats import Cell
from pipeline.report.funnel_chart import Bar, funnel
from pipeline.report.language import say
from pipeline.report.view import Figure, Section, Table

OF_BASE = "占{base} {rate}"
Key = tuple[str, str | None, str]  # week, part (None for the place itself), stage


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    panels = [_panel(facts, part) for part in facts.drawn]
    tables: list[list[Table | Figure]] = [[_table(facts)]] if len(facts.columns) > 1 else []
    if facts.overlaps:
        tables.append([_overlaps(facts)])
    return Section(
        id="funnel",
        kicker=say("全链路漏斗"),
        title=title,
        lede=_lede(facts),
        metric="bridge",
        blocks=[list(panels), *tables],
        follows=facts.is_bank,
    )


def stages(facts: Facts) -> dict[Key, Stage]:
    """The stages of the place and its parts by week, part and stage."""
    return {(row.week, row.part, row.stage): row for row in facts.stages}


def steps(facts: Facts) -> dict[Key, Step]:
    """The steps of the place and its parts by week, part and stage."""
    return {(row.week, row.part, row.stage): row for row in facts.steps}


def bridge(facts: Facts) -> float | None:
    """Coded arrivals over all arrivals of the week."""
    found = [row.bridge for row in facts.stages if row.week == facts.week.name]
    return next((value for value in found if value is not None), None)


def stage_cell(row: Stage | None, exact: bool = False) -> Cell:
    """A stage's number; arrivals are complete when their week is, later person stages are not."""
    if row is None:
        return cells.dash(say(words.NO_DATA))
    column = "persons" if row.stage in words.PERSON_STAGES else "total"
    mature = row.mature if row.stage in words.PERSON_STAGES[1:] else True
    return cells.cell(
        row.value,
        formats.exact if exact else formats.count,
        row,
        column,
        mature,
        words.reporting(row.accounts_reporting, row.accounts),
        _caveat(row),
    )


def _caveat(row: Stage) -> str:
    told = [say("含估算")] if row.estimated else []
    told += [say("缺日")] if row.complete is False else []
    return formats.listed(told)


def _lede(facts: Facts) -> str:
    cohort = facts.week.mature_cohort
    window = cells.parameter(facts, "funnel_window_days")
    persons = "还没有一批到达客户走完观察窗口，人群步骤暂不展示。"
    if cohort:
        persons = "人群步骤要等 {days} 天窗口走完，故另列最近已成熟的一批：{week} 到达的客户。"
    read = say(
        "条宽按对数刻度，只表示量级；请读数字。虚线以上是平台计次，以下是行内去标识客户，不相乘。"
    )
    linked = ""
    if bridge(facts) is not None:
        linked = say("两侧以带码率 {rate} 衔接。", rate=formats.rate(bridge(facts)))
    return formats.sentences([read, linked, say(persons, days=window, week=cohort)])


def _panel(facts: Facts, part: str | None) -> Figure:
    week, cohort = facts.week.name, facts.week.mature_cohort
    bars = [_bar(facts, week, part, stage, "counts") for stage in words.COUNT_STAGES]
    bars.append(_bar(facts, week, part, "arrival", "arrivals"))
    if cohort:
        bars += [_bar(facts, cohort, part, stage, "cohort") for stage in words.PERSON_STAGES]
    matured = say("{week} 到达的客户，已成熟", week=_short(cohort)) if cohort else ""
    told = "{tier}：{week} 的计次与到达"
    if cohort:
        told = "{tier}：{week} 的计次与到达，及 {cohort} 到达客户的后续步骤"
    return Figure(
        id=f"funnel-{part or facts.place.level}",
        title=facts.name(part),
        caption=say(told, tier=facts.name(part), week=week, cohort=cohort),
        spec=funnel(
            bars, facts.tier(part), say("带码率 {rate}", rate=formats.rate(bridge(facts))), matured
        ),
        data=_steps_table(facts, part),
        metric="step_rate",
        mark=facts.tier(part) or "",
    )


def _short(week: str) -> str:
    return week.partition("-")[2]


def _bar(facts: Facts, week: str, place: str | None, stage: str, part: str) -> Bar:
    row = stages(facts).get((week, place, stage))
    step = steps(facts).get((week, place, stage))
    shown = stage_cell(row)
    plain = shown.state in ("", "immature")
    return Bar(
        label=words.stage(stage),
        value=row.value if row is not None and plain else None,
        text=shown.text,
        rate=_rate_words(step),
        part=part,
    )


def _rate_words(step: Step | None) -> str:
    """The step's rate as it stands above its bar; it names its base where that is not the bar."""
    if step is None or step.step_rate is None or step.previous_stage is None:
        return ""
    order = list(words.STAGES)
    before = step.previous_stage
    is_above = order.index(before) + 1 == order.index(step.stage)
    rate = formats.rate(step.step_rate)
    return f"↓ {rate}" if is_above else say(OF_BASE, rate=rate, base=words.short(before))


def _plan(facts: Facts) -> list[tuple[str, str]]:
    """(week, stage) of every line shown for a place, top to bottom."""
    now = [(facts.week.name, stage) for stage in (*words.COUNT_STAGES, "arrival")]
    cohort = facts.week.mature_cohort
    return now + ([(cohort, stage) for stage in words.PERSON_STAGES] if cohort else [])


def _steps_table(facts: Facts, part: str | None) -> Table:
    lines = [_step_line(facts, part, week, stage) for week, stage in _plan(facts)]
    return Table(
        id=f"funnel-{part or facts.place.level}-data",
        title=say("{tier}的漏斗", tier=facts.name(part)),
        head=tuple(map(say, ("步骤", "周", "数值", "环比", "上一步", "步转化率", "流失"))),
        rows=lines,
        note=say("步转化率只算两步都有数据的账号；平台各项计次相互独立，步转化率可以超过 100%。"),
    )


def _step_line(facts: Facts, part: str | None, week: str, stage: str) -> list[Cell]:
    row = stages(facts).get((week, part, stage))
    step = steps(facts).get((week, part, stage))
    before = step.previous_stage if step is not None else None
    return [
        formats.text(words.stage(stage)),
        formats.text(week),
        stage_cell(row, exact=True),
        cells.step_change(step.change if step else None),
        formats.text(words.stage(before) if before in words.STAGES else None),
        _rate(facts, step),
        _lost(step),
    ]


def _rate(facts: Facts, step: Step | None) -> Cell:
    if step is None or step.step_rate is None:
        return cells.dash(say("没有上一步，或两步没有同时有数据的账号，或人数过少"))
    spread = formats.interval(step.rate_low, step.rate_high)
    of_persons = step.stage in words.PERSON_STAGES
    return cells.rate_of(facts, step.step_rate, step.n if of_persons else None, spread)


def _lost(step: Step | None) -> Cell:
    lost = step.lost_rate if step else None
    return cells.cell(lost, formats.rate, why=say("没有步转化率，或步转化率超过 100%"))


def _table(facts: Facts) -> Table:
    columns = [*facts.parts, None] if facts.is_bank else facts.columns
    found = stages(facts)
    lines = [
        [
            formats.text(words.stage(stage), note=_cohort_note(facts, week)),
            *(stage_cell(found.get((week, part, stage))) for part in columns),
        ]
        for week, stage in _plan(facts)
    ]
    lines.insert(len(words.COUNT_STAGES), _bridge_line(facts, len(columns)))
    return Table(
        id="funnel-table",
        title=say("各层级与未归因" if facts.is_bank else "下一层各处"),
        head=(say("步骤"), *(facts.name(part) for part in columns)),
        rows=lines,
        note=say(
            "「含估算」是跨日导出按天均摊；「缺日」是本周有日子没有交付。"
            "「未归因」是没有带码、或在回看期内没有带码触点的到达客户；平台计次没有未归因一说。"
            "全行的人数已去重，不等于各列之和。"
        ),
        metric="arrival",
        tiers=tuple(columns) if facts.is_bank else (),
    )


def _cohort_note(facts: Facts, week: str) -> str:
    return "" if week == facts.week.name else say("{week} 到达的客户", week=week)


def _bridge_line(facts: Facts, width: int) -> list[Cell]:
    blank = [cells.dash(say("带码率只在全行计算"))] * (width - 1)
    own = cells.cell(bridge(facts), formats.rate)
    # Of a platform alone there is none either.
    return [formats.text(say("┄ 带码率")), *blank, blank[0] if facts.place.platform else own]


def _overlaps(facts: Facts) -> Table:
    withheld = say("有一项因人数过少不展示，合计也随之不展示")
    found = {(row.week, row.stage): row for row in facts.overlaps}
    shown = [found[key] for key in _plan(facts) if key in found]
    lines = [
        [
            formats.text(words.stage(row.stage), note=_cohort_note(facts, row.week)),
            *(
                cells.cell(getattr(row, name), formats.exact, row, name, why=withheld)
                for name in ("persons", "sum_of_tiers", "overlap")
            ),
        ]
        for row in shown
    ]
    return Table(
        id="overlap",
        title=say("层级之间的重叠客户"),
        head=tuple(map(say, ("步骤", "全行（去重）", "各层级之和", "重叠"))),
        rows=lines,
        note=say("同一客户可由多个层级带来，全行只计一次。"),
        metric="overlap",
    )
