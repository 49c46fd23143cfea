"""Active customers who come, stay and go, their states of life, and how often they return."""

from pipeline.report import cells, formats, range_charts
from pipeline.report.facts import Facts
from pipeline.report.facts.people_rows import LifeFlow, LifeState, Moves
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.view import Figure, Section, Table

MOVES = {
    "retained": "留存",
    "new_active": "首次活跃",
    "returned": "回流",
    "lost": "活跃流失",
    "moved_in": "转入",
    "moved_out": "转出",
}
DRAWN = ("retained", "new_active", "returned", "lost")
STATES = {
    "potential": "潜在",
    "new": "新客",
    "active": "活跃",
    "dormant": "沉睡",
    "lost": "已流失",
}
SOURCES = (("unknown", "此前不在册"), *STATES.items(), (None, "合计"))
NO_SUM = {"unknown": "不列：由各项合计相减，会推出不展示的数", None: "见月末各状态"}
NOBODY = "没有客户这样流转"


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    flow: list[list[Table | Figure]] = [[_flow(facts)]] if facts.is_bank else []
    return Section(
        id="lifecycle",
        kicker=say("活跃客户的来去"),
        title=title,
        lede=say(
            "本月月活 = 留存 + 首次活跃 + 回流；上月月活 = 留存 + 流失。"
            "层级以下另有转入与转出：客户仍活跃，只是换了归属。"
        ),
        metric="lost_active",
        blocks=[[_moves(facts)], [_states(facts), _stickiness(facts)], *flow],
    )


def title(facts: Facts) -> str:
    """Say whether more customers came than went in the latest complete month."""
    row = comparable(facts)
    if row is None:
        return say("来去的客户人数过少" if None in _latest(facts) else "还没有可比的两个完整月")
    came, went = (row.new_active or 0) + (row.returned or 0), row.lost or 0
    told = {
        "month": formats.month_name(row.month),
        "new": formats.exact(row.new_active),
        "returned": formats.exact(row.returned),
        "lost": formats.exact(row.lost),
    }
    if came < went:
        return say("{month}走的比来的多：流失 {lost}，首次活跃 {new}，回流 {returned}", **told)
    if came == went:
        return say("{month}来去相当：首次活跃 {new}，回流 {returned}，流失 {lost}", **told)
    return say("{month}来的比走的多：首次活跃 {new}，回流 {returned}，流失 {lost}", **told)


def comparable(facts: Facts) -> Moves | None:
    """The place's latest month of moves, where all that is drawn of it may be shown."""
    row = _latest(facts).get(None)
    if row is None or any(_number(row, name).state for name in DRAWN):
        return None
    return row


def _latest(facts: Facts) -> dict[str | None, Moves]:
    """The place and its parts in the latest month of moves."""
    last = max((row.month for row in facts.people.moves), default=None)
    return {row.part: row for row in facts.people.moves if row.month == last}


def _number(row: Moves, name: str) -> Cell:
    return cells.cell(getattr(row, name), formats.exact, row, name)


def _moves(facts: Facts) -> Figure:
    rows = [row for row in facts.people.moves if row.part is None]
    parts = []
    for name in DRAWN:
        shown = [_number(row, name) for row in rows]
        values = [float(cell.sort) if cell.sort else None for cell in shown]
        texts = [cell.text if cell.sort else "" for cell in shown]
        parts.append(range_charts.Part(say(MOVES[name]), values, texts, name == "lost"))
    months = [f"{row.month:%Y-%m}" for row in rows]
    return Figure(
        id="lifecycle-moves",
        title=say("每月活跃客户的来去"),
        caption=say(
            "{place}，各完整自然月（人）；零线以下是上月活跃、本月没有登录的客户。",
            place=facts.name(None),
        ),
        spec=range_charts.stacked(months, parts),
        data=_moves_table(facts),
        metric="new_active",
    )


def _moves_table(facts: Facts) -> Table:
    """The months of the place, then the latest month of each part."""
    own = [row for row in facts.people.moves if row.part is None]
    latest = _latest(facts)
    parts = [latest[part] for part in facts.parts if part in latest]
    mau = {(row.month, row.part): row for row in facts.months}
    lines = []
    for row in [*reversed(own), *parts]:
        active = mau.get((row.month, row.part))
        lines.append(
            [
                formats.text(facts.name(row.part)),
                formats.text(f"{row.month:%Y-%m}"),
                cells.cell(active.mau if active else None, formats.exact, active, "mau"),
                *(_number(row, name) for name in MOVES),
            ]
        )
    return Table(
        id="lifecycle-moves-data",
        title=say("每月来去"),
        head=(say("层级"), say("自然月"), say("月活"), *(say(name) for name in MOVES.values())),
        rows=lines,
        note=say("这些数可以互相推出，一个不展示，同一行就都不展示。"),
    )


def _states(facts: Facts) -> Table:
    found = {(row.part, row.state): row for row in facts.people.states}
    lines = [
        [formats.text(facts.name(part)), *(_state(found.get((part, state))) for state in STATES)]
        for part in (*facts.parts, None)
        if any(key[0] == part for key in found)
    ]
    month = facts.people.states[0].month if facts.people.states else None
    return Table(
        id="lifecycle-states",
        title=say("月末各状态的客户"),
        head=(say("层级"), *(say(state) for state in STATES.values())),
        rows=lines,
        note=""
        if month is None
        else say("{month}末；每位客户只属一种状态、一个层级。", month=formats.month_name(month)),
        metric="lifecycle",
    )


def _state(row: LifeState | None) -> Cell:
    why = say("事件数据还不够久，不能判断")
    value = row.customers if row else None
    return cells.cell(value, formats.exact, row, "customers", why=why)


def _stickiness(facts: Facts) -> Table:
    rows = {row.part: row for row in facts.people.rolling}
    is_month = facts.period.kind == "month"
    lines = [
        [
            formats.text(facts.name(part)),
            *(
                cells.cell(getattr(row, name), formats.exact, row, name)
                for name in ("dau", "wau", "mau")
            ),
            cells.cell(row.stickiness, formats.rate, row, "stickiness"),
        ]
        for part in (*facts.parts, None)
        if (row := rows.get(part))
    ]
    return Table(
        id="lifecycle-stickiness",
        title=say("月末当天的粘性" if is_month else "周末当天的粘性"),
        head=(say("层级"), say("日活"), say("7 天活跃"), say("30 天活跃"), say("日活/30 天活跃")),
        rows=lines,
        note=say(
            "截至本月最后一天滚动计算，与自然月的月活不同。"
            if is_month
            else "截至本周最后一天（周日）滚动计算，与自然月的月活不同。"
        ),
        metric="stickiness",
    )


def _flow(facts: Facts) -> Table:
    found = {(row.from_state, row.to_state): row for row in facts.people.flow}
    lines = [
        [
            formats.text(say(name)),
            *(_went(found.get((source, target))) for target in STATES),
            cells.dash(say(NO_SUM[source]))
            if source in NO_SUM
            else _went(found.get((source, None))),
        ]
        for source, name in SOURCES
        if any(pair[0] == source for pair in found)
    ]
    month = facts.people.flow[0].month if facts.people.flow else None
    return Table(
        id="lifecycle-flow",
        title=say("状态之间的流转"),
        head=(
            say("上月末／本月末"),
            *(say(state) for state in STATES.values()),
            say("合计"),
        ),
        rows=lines,
        note=say("事件数据要满流失所需的天数才有流转。")
        if month is None
        else say("全行，{month}。", month=formats.month_name(month)),
        metric="lifecycle_flow",
    )


def _went(row: LifeFlow | None) -> Cell:
    value = row.customers if row else None
    return cells.cell(value, formats.exact, row, "customers", why=say(NOBODY))
