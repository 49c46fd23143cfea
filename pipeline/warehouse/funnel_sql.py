"""`core.funnel_persons`: the one model whose query is written, from the funnels' definitions.

It is a model like any other once it is written: made in weeks of entry, on either engine. A row is
an entry, so that those of a week, a month or an account are told apart afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipeline.errors import ConfigurationError, InputError
from pipeline.funnels import Definition
from pipeline.funnels.conditions import as_sql
from pipeline.funnels.counting import Counting
from pipeline.funnels.definition import MOST_STEPS, Funnel
from pipeline.funnels.events import text
from pipeline.funnels.rows import Fitting, all_may_overlap
from pipeline.warehouse import cte_names

COLUMNS = {
    "source_code": "varchar",
    "account_id": "varchar",
    "platform": "varchar",
    "tier": "varchar",
    "unit_id": "varchar",
    "product_line": "varchar",
    "product": "varchar",
    "entry": "varchar",
    "amount": "decimal(18, 2)",
    "currency": "varchar",
    "cooling_off": "varchar",
}
"""What conditions and breakdowns may ask of an event; docs/FUNNELS.md explains each."""

DERIVED = {
    "new_customer": ("registered", "account_opened", "card_bound"),
    "wealth_confirmed": ("wealth_subscription",),
}
"""Events that the warehouse adds, and those that they are made of."""

_HEADER = """\
-- How far each entry of a customer into a funnel led: its deepest chain, and the first moment each
-- step can be reached from it. The account is that of the last coded touch up to the entry.
-- Written from the definitions in funnels/ and in the workspace.
-- grain: funnel, customer_token, step_1_at
-- per: week
-- reach: staging.bank_events +{days}, core.link_days +{days}, core.account_days +{days}
-- reach: core.new_customers +{days}, core.touches -attribution_lookback_days
-- consent: customer_token
"""

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


@dataclass(frozen=True)
class _Events:
    """The events of known customers, in microseconds since 1970."""

    ticks: int = 1_000_000

    def rows(self, wanted: str, columns: str) -> str:
        """Select person, t and columns of the events that are wanted."""
        moment = "epoch_us(occurred_at) as t"
        return f"select customer_token as person, {moment}, {columns} from events where ({wanted})"


def persons(definitions: Sequence[Definition]) -> str:
    """Write the model's query with its header.

    Raises ConfigurationError, with file and key, where a definition asks for what events lack.
    """
    longest = max((definition.funnel.window for definition in definitions), default=0)
    header = _HEADER.format(days=-(-longest // 86_400))
    each = [f"(\n{_one(definition)}\n)" for definition in definitions] or [f"({_NOBODY})"]
    columns = ",\n".join(f"    counted.{name}  -- {note}" for name, note in _NOTES)
    columns = "\n".join(_comma_before_note(columns.split(",\n")))
    union = "\nunion all\n".join(each)
    return f"{header}\nselect\n{columns}\nfrom (\n{union}\n) as counted\n"


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
    counting = Counting(funnel, _Events(), fitting, "epoch_us(occurred_at)")
    steps = [
        f"make_timestamp(max(case when step = {k} then moment end)) as step_{k}_at"
        if k <= len(funnel.steps)
        else f"cast(null as timestamp) as step_{k}_at"
        for k in range(1, MOST_STEPS + 1)
    ]
    told = (
        counting.values(f"cast({funnel.breakdown.by} as varchar)")
        if funnel.breakdown
        else "select person, period, cast(null as varchar) as value from levels"
    )
    parts = {
        "happened": _happened(funnel),
        "events": _EVENTS,
        "entries": counting.entries(),
        "reached": counting.reached(),
        "levels": counting.levels(),
        "moments": counting.moments(),
        "times": counting.times(),
        "told": told,
        "instants": f"select {counting.key}, {', '.join(steps)} from times group by person, period",
        "touched": _TOUCHED,
    }
    named = ",\n".join(f"{name} as (\n{query}\n)" for name, query in parts.items())
    query = f"with {named}\n{_RESULT.format(funnel=text(definition.key))}"
    return cte_names.unique(query, definition.key)


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


def _happened(funnel: Funnel) -> str:
    """Select the events that steps or exclusions name; in strict order all, for they interrupt."""
    named = {step.event for step in funnel.steps} | {x.event for x in funnel.exclusions}
    if funnel.order == "strict":
        return _HAPPENED
    made_of = {part for event in named for part in DERIVED.get(event, (event,))}
    events = ", ".join(text(event) for event in sorted(made_of))
    return f"{_HAPPENED} and events.event_type in ({events})"


_HAPPENED = """\
select
    events.event_id, events.customer_token, events.occurred_at, events.day,
    events.event_type as event, events.source_code, links.account_id, days.platform, days.tier,
    days.unit_id, coalesce(events.product_line, links.product_line) as product_line,
    links.product, links.entry, events.amount, events.currency, events.cooling_off
from staging.bank_events as events
left join core.link_days as links
    on events.day = links.day and events.source_code = links.source_code
left join core.account_days as days
    on links.account_id = days.account_id and events.day = days.day
where events.customer_token is not null"""

_CARRIED = ", ".join(f"happened.{name}" for name in COLUMNS)
_EVENTS = f"""\
select event, customer_token, occurred_at, day, {_CARRIED} from happened
union all
select 'wealth_confirmed' as event, customer_token, occurred_at, day, {_CARRIED} from happened
where event = 'wealth_subscription' and coalesce(cooling_off, 'confirmed') = 'confirmed'
union all
select
    'new_customer' as event, happened.customer_token, happened.occurred_at, happened.day, {_CARRIED}
from happened inner join core.new_customers as became on happened.event_id = became.event_id"""

# Of touches at one instant the one with the greatest id counts as the last.
_TOUCHED = """\
select levels.person, levels.period, max_by(touches.account_id, touches.touched_at) as account_id
from levels
inner join instants
    on levels.person = instants.person and levels.period = instants.period
cross join settings.parameters as parameters
inner join (
    select customer_token, touched_at, max_by(account_id, event_id) as account_id
    from core.touches group by customer_token, touched_at
) as touches
    on levels.person = touches.customer_token
    and touches.touched_at <= instants.step_1_at
    and touches.touched_at
    >= instants.step_1_at - parameters.attribution_lookback_days * interval 1 day
group by levels.person, levels.period"""

_RESULT = f"""\
select
    {{funnel}} as funnel, levels.person as customer_token,
    cast(instants.step_1_at + interval 8 hours as date) as day,
    cast(levels.level as integer) as depth, levels.is_excluded,
    coalesce(touched.account_id, '(none)') as account_id, told.value,
    {", ".join(f"instants.step_{k}_at" for k in range(1, MOST_STEPS + 1))}
from levels
inner join instants on levels.person = instants.person and levels.period = instants.period
left join told on levels.person = told.person and levels.period = told.period
left join touched on levels.person = touched.person and levels.period = touched.period"""

# Without a single definition the table is there, and empty.
_NOBODY = (
    "select 'none' as funnel, customer_token, day, 0 as depth, false as is_excluded,"
    " '(none)' as account_id, cast(null as varchar) as value, "
    + ", ".join(f"cast(null as timestamp) as step_{k}_at" for k in range(1, MOST_STEPS + 1))
    + " from staging.bank_events where false"
)
