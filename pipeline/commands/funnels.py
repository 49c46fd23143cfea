"""`funnel count`: a funnel of persons over any events file; `funnel funnels`: those of a night."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from pipeline.console import Reporter
    from pipeline.funnels import Counted, Definition
    from pipeline.funnels.figures import Figures, Seconds
from pipeline.commands.options import AsJson, Config, Home, print_json, reporter_of, settings_of

app = typer.Typer(rich_markup_mode=None)

_ORDERS = {"ordered": "顺序", "strict": "严格顺序", "any": "不论先后"}


@app.command(
    epilog="例 · funnel count data/sample/funnels/wealth.toml"
    " --events data/sample/funnels/events.csv"
)
def count(
    definition: Annotated[Path, typer.Argument(help="漏斗定义，TOML · the funnel")],
    events: Annotated[
        Path,
        typer.Option(
            help="事件文件 csv 或 parquet（或其文件夹）：actor、ts、event 与属性列 · the events"
        ),
    ],
    home: Home = None,
    config: Config = None,
    by: Annotated[
        Literal["day", "week", "month"] | None,
        typer.Option(help="另按进入的日、周或月 · also by day, week or month of entry"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """数漏斗：按定义数每一步的人数、转化率与用时 · count a funnel over a file of events."""
    from pipeline import funnels

    settings = settings_of(home, config)
    counted = funnels.count(
        funnels.read_definition(definition),
        events,
        levels=as_json,
        by=by,
        memory_limit=settings.memory_limit,
        threads=settings.threads,
    )
    if as_json:
        print_json(counted.as_dict())
    else:
        _say(counted)


@app.command(epilog="例 · funnel funnels --home data")
def funnels(
    home: Home = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """每晚要数的漏斗及其步骤：自带的与 <home>/funnels/ 里的 · the funnels counted every night."""
    from pipeline.ingest.bank.events import EVENT_TYPES
    from pipeline.warehouse.funnel_tables import definitions

    found = definitions(settings_of(home, config), EVENT_TYPES)
    if as_json:
        print_json([_as_dict(definition) for definition in found])
        return
    reporter = reporter_of()
    for definition in found:
        _list(reporter, definition)


def _as_dict(definition: "Definition") -> dict[str, Any]:
    told = {"funnel": definition.key, "version": definition.version, "file": str(definition.file)}
    return {**told, **definition.funnel.model_dump()}


def _list(reporter: "Reporter", definition: "Definition") -> None:
    from pipeline.funnels.words import lasting

    funnel = definition.funnel
    by = f"，按 {funnel.breakdown.by} 细分" if funnel.breakdown else ""
    reporter.line(
        f"{definition.key} · {funnel.name}（{_ORDERS[funnel.order]}，窗口"
        f" {lasting(funnel.window)}{by}，版本 {definition.version}）"
    )
    for number, step in enumerate(funnel.steps, 1):
        where = f"（{step.where}）" if step.where else ""
        reporter.line(f"  {number} {step.event}{where}{'，可略过' if step.optional else ''}")


def _say(counted: "Counted") -> None:
    """Print the table, and under it the rules it was counted by."""
    reporter = reporter_of()
    reporter.line(f"漏斗 {counted.funnel.name}")
    reporter.rows(_table(counted))
    if counted.funnel.breakdown:
        values = {value or "（无）": found for value, found in counted.values.items()}
        reporter.rows(_parts(counted.funnel.breakdown.by, values))
    if counted.periods is not None:
        periods = {counted.label(day): found for day, found in counted.periods.items()}
        reporter.rows(_parts("进入", periods))
    reporter.line("口径")
    for rule in counted.rules:
        reporter.line(f"  {rule}")
    for note in counted.notes:
        reporter.line(f"  注意 {note}")


def _table(counted: "Counted") -> list[dict[str, Any]]:
    any_order = counted.funnel.order == "any"
    return [
        {
            "步": step.step,
            "事件": f"任意 {step.step} 步" if any_order else _named(counted, step.step),
            "人数": f"{step.persons:,}",
            "占第 1 步": _percent(step.rate),
            "95% 区间": None
            if step.low is None
            else f"{_percent(step.low)} – {_percent(step.high)}",
            **_pace(counted.seconds.get(step.step)),
        }
        for step in counted.steps
    ]


def _parts(title: str, parts: "dict[str, Figures]") -> list[dict[str, Any]]:
    """Give a row for each value or period: the persons of its steps, how many arrive, how fast."""
    return [
        {
            title: name,
            **{f"第 {step.step} 步": f"{step.persons:,}" for step in found.steps},
            "走完": _percent(found.steps[-1].rate),
            **_pace(found.seconds.get(len(found.steps))),
        }
        for name, found in parts.items()
    ]


def _named(counted: "Counted", number: int) -> str:
    step = counted.funnel.steps[number - 1]
    where = f"（{step.where}）" if step.where else ""
    return f"{step.event}{where}{'，可略过' if step.optional else ''}"


def _pace(seconds: "Seconds | None") -> dict[str, str | None]:
    found = (seconds.median, seconds.mean, seconds.p90) if seconds else (None, None, None)
    return {
        f"用时{name}": None if value is None else _lasting(value)
        for name, value in zip(("中位", "平均", "九成以内"), found, strict=True)
    }


def _lasting(seconds: float) -> str:
    for unit, size in (("天", 86_400), ("小时", 3600), ("分", 60)):
        if seconds >= size:
            return f"{seconds / size:,.1f} {unit}"
    return f"{seconds:,.1f} 秒"


def _percent(value: float | None) -> str | None:
    return None if value is None else f"{value:.1%}"
