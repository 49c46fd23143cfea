"""`core.funnel_persons`: the one model whose query is written, from the funnels' definitions.

It is a model like any other once it is written: made in weeks of entry, on either engine. A row is
an entry, so that those of a week, a month or an account are told apart afterwards.
"""

from collections.abc import Sequence

import duckdb

from pipeline.errors import ConfigurationError, InputError
from pipeline.funnels import Definition
from pipeline.funnels.conditions import as_sql
from pipeline.funnels.counting import Counting
from pipeline.funnels.definition import MOST_STEPS, Funnel
from pipeline.funnels.events import text
from pipeline.funnels.rows import Fitting, all_may_overlap
from pipeline.warehouse import cte_names
from pipeline.warehouse.funnel_events import COLUMNS, Events, happened, selected

_HEADER = """\
-- How far each entry of a customer into a funnel led: its deepest chain, and the first moment each
-- step can be reached from it. The account is that of the last coded touch up to the entry.
-- Written from the definitions in funnels/ and in the workspace.
-- grain: funnel, customer_token, step_1_at
-- per: week
-- reach: {reach}
-- consent: customer_token
"""

_ENTRY = "epoch_us(occurred_at)"
"""What tells entries apart: an entry is a period of its own."""

_AHEAD = (
    *("staging.bank_events", "core.new_customers"),
    *("core.link_days", "core.link_channels", "core.account_days"),
)

_NOTES = (
    ("funnel", "the file's name in funnels/"),
    ("customer_token", "pseudonym"),
    ("day", "of the entry, Asia/Shanghai"),
    ("depth", "the deepest step reached from it"),
    ("is_excluded", "leaves the funnel: an excluded event lies in its chain"),
    ("account_id", "of the last coded touch within the lookback before the entry; (none)"),
    ("value", "of the breakdown; null: none"),
    *((f"step_{k}_at", "UTC; null: not reached") for k in range(1, MOST_STEPS + 1)),
)


def persons(definitions: Sequence[Definition]) -> str:
    """Write the model's query with its header.

    Raises ConfigurationError, with file and key, where a definition asks for what events lack.
    """
    longest = max((definition.funnel.window for definition in definitions), default=0)
    each = [f"(\n{_one(definition)}\n)" for definition in definitions] or [f"({_NOBODY})"]
    columns = ",\n".join(f"    counted.{name}  -- {note}" for name, note in _NOTES)
    columns = "\n".join(_comma_before_note(columns.split(",\n")))
    union = "\nunion all\n".join(each)
    query = f"select\n{columns}\nfrom (\n{union}\n) as counted\n"
    if definitions:
        shared = happened([definition.funnel for definition in definitions])
        query = f"with happened as (\n{shared}\n)\n\n{query}"
    reach = dict.fromkeys(_AHEAD, f"+{-(-longest // 86400)}")
    reach["core.touches"] = "-attribution_lookback_days"
    read = "\n-- reach: ".join(f"{table} {days}" for table, days in reach.items() if table in query)
    return f"{_HEADER.format(reach=read)}\n{query}"


def check(definition: Definition) -> None:
    """Refuse a definition whose conditions or breakdown the warehouse's events cannot answer."""
    funnel = definition.funnel
    asked = [(f"steps.{n}.where", step.where) for n, step in enumerate(funnel.steps, 1)]
    asked += [(f"exclusions.{n}.where", x.where) for n, x in enumerate(funnel.exclusions, 1)]
    columns = ", ".join(
        f"cast({'1' if kind.startswith('decimal') else text('x')} as {kind}) as {name}"
        for name, kind in COLUMNS.items()
    )
    for key, condition in asked:
        if condition is None:
            continue
        try:
            where = as_sql(condition, COLUMNS, key)
            duckdb.execute(f"select 1 from (select {columns}) as events where {where}")
        except InputError as error:
            raise ConfigurationError(f"{definition.file}: key {error}") from None
        except duckdb.Error as error:
            said = str(error).splitlines()[0]
            raise ConfigurationError(f"{definition.file}: key {key}: {said}") from None
    if funnel.breakdown and funnel.breakdown.by not in COLUMNS:
        raise ConfigurationError(
            f"{definition.file}: key breakdown.by: {funnel.breakdown.by!r}; expected one of"
            f" {', '.join(COLUMNS)}"
        )


def _comma_before_note(lines: list[str]) -> list[str]:
    return [
        line.replace("  --", ",  --", 1) if n < len(lines) - 1 else line
        for n, line in enumerate(lines)
    ]


def _one(definition: Definition) -> str:
    funnel = definition.funnel
    try:
        fitting = _fitting(funnel)
    except ValueError as error:
        raise ConfigurationError(f"{definition.file}: key steps: {error}") from None
    counting = Counting(funnel, Events(), fitting, _ENTRY)
    parts = {
        **selected(funnel),
        "entries": Counting(funnel, Events("entering"), fitting, _ENTRY).entries(),
        "reached": counting.reached(),
        **_led(counting),
        "touched": _TOUCHED,
        "told": _told(counting),
    }
    named = ",\n".join(f"{name} as (\n{query}\n)" for name, query in parts.items())
    query = f"with {named}\n{_RESULT.format(funnel=text(definition.key))}"
    return cte_names.unique(query, definition.key)


def _led(counting: Counting) -> dict[str, str]:
    """Select a row an entry: depth, is_excluded and when each step was reached.

    A key is one entry, so `reached` tells its moments. Each part is read once, for an engine that
    puts a part wherever it is named; only in any order the moments are a pass of their own.
    """
    steps = [
        f"make_timestamp(max(case when step = {k} then moment end)) as step_{k}_at"
        if k <= len(counting.funnel.steps)
        else f"cast(null as timestamp) as step_{k}_at"
        for k in range(1, MOST_STEPS + 1)
    ]
    columns = f"person, period, max(step) as depth, {{excluded}} as is_excluded, {', '.join(steps)}"
    if counting.funnel.order == "any":
        columns = columns.format(excluded="max(is_excluded)")
        query = f"select {columns} from times inner join levels using (person, period)"
        parts = {"levels": counting.levels(), "moments": counting.moments()}
        return {**parts, "times": counting.times(), "led": f"{query} group by person, period"}
    columns = columns.format(excluded=counting.leaves)
    return {"led": f"select {columns} from reached group by person, period"}


def _told(counting: Counting) -> str:
    """Add the value of the breakdown: what events say that reached the steps."""
    breakdown, last = counting.funnel.breakdown, len(counting.funnel.steps)
    if breakdown is None:
        return "select touched.*, cast(null as varchar) as value from touched"
    fits = counting.fitting.steps
    columns = [f"{fit} as fits_{k}" for k, fit in enumerate(fits, 1)]
    columns += ["occurred_at", f"cast({breakdown.by} as varchar) as value"]
    rows = counting.source.rows(" or ".join(fits), ", ".join(columns))
    reaches = [
        f"said.occurred_at = touched.step_{k}_at"
        + ("" if counting.funnel.order == "any" else f" and said.fits_{k}")
        for k in range(1, last + 1)
    ]
    each = [
        f"min(case when {reach} then said.value end) as value_{k}"
        for k, reach in enumerate(reaches, 1)
    ]
    order = {
        "first": range(1, last + 1),
        "last": range(last, 0, -1),
        "step": [breakdown.step],
    }[breakdown.value]
    values = [f"value_{k}" for k in order]
    value = values[0] if len(values) == 1 else f"coalesce({', '.join(values)})"
    kept = ", ".join(f"touched.{name}" for name in _KEPT)
    met = " or ".join(f"({reach})" for reach in reaches)
    return (
        f"select {', '.join(_KEPT)}, {value} as value from (select {kept}, {', '.join(each)}"
        f" from touched left join ({rows}) as said on touched.person = said.person and ({met})"
        f" group by {kept}) as by_step"
    )


def _fitting(funnel: Funnel) -> Fitting:
    steps, exclusions = (
        tuple(
            f"event = {text(words.event)}"
            if words.where is None
            else f"(event = {text(words.event)} and {as_sql(words.where, COLUMNS, 'where')})"
            for words in some
        )
        for some in (funnel.steps, funnel.exclusions)
    )
    return Fitting(steps, exclusions, all_may_overlap(funnel, steps))


_STEPS = [f"step_{k}_at" for k in range(1, MOST_STEPS + 1)]
_LED = ["person", "period", "depth", "is_excluded", *_STEPS]
_KEPT = [*_LED, "account_id"]

# Of touches at one instant the one with the greatest id counts as the last.
_TOUCHED = f"""\
select
    {", ".join(f"led.{name}" for name in _LED)},
    max_by(touches.account_id, touches.touched_at) as account_id
from led
cross join settings.parameters as parameters
left join (
    select customer_token, touched_at, max_by(account_id, event_id) as account_id
    from core.touches group by customer_token, touched_at
) as touches
    on led.person = touches.customer_token
    and touches.touched_at <= led.step_1_at
    and touches.touched_at
    >= led.step_1_at - parameters.attribution_lookback_days * interval 1 day
group by {", ".join(f"led.{name}" for name in _LED)}"""

_RESULT = f"""\
select
    {{funnel}} as funnel, person as customer_token,
    cast(step_1_at + interval 8 hours as date) as day,
    cast(depth as integer) as depth, is_excluded,
    coalesce(account_id, '(none)') as account_id, value, {", ".join(_STEPS)}
from told"""

# Without a single definition the table is there, and empty.
_NOBODY = (
    "select 'none' as funnel, customer_token, day, 0 as depth, false as is_excluded,"
    " '(none)' as account_id, cast(null as varchar) as value, "
    + ", ".join(f"cast(null as timestamp) as step_{k}_at" for k in range(1, MOST_STEPS + 1))
    + " from staging.bank_events where false"
)
