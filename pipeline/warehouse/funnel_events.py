"""The events that funnels are counted over every night: what the bank sent, of known customers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.funnels.definition import Funnel
from pipeline.funnels.events import text

COLUMNS = {
    "source_code": "varchar",
    "account_id": "varchar",
    "platform": "varchar",
    "tier": "varchar",
    "unit_id": "varchar",
    "product_line": "varchar",
    "product": "varchar",
    "entry": "varchar",
    "form": "varchar",
    "theme": "varchar",
    "amount": "decimal(18, 2)",
    "currency": "varchar",
    "cooling_off": "varchar",
    "region": "varchar",
    "scene": "varchar",
}
"""What conditions and breakdowns may ask of an event; docs/FUNNELS.md explains each."""

DERIVED = {
    "new_customer": ("registered", "account_opened", "card_bound"),
    "wealth_confirmed": ("wealth_subscription",),
}
"""Events that the warehouse adds, and those that they are made of."""


@dataclass(frozen=True)
class Events:
    """The events of known customers, in microseconds since 1970."""

    table: str = "events"
    ticks: int = 1_000_000

    def rows(self, wanted: str, columns: str) -> str:
        """Select person, t and columns of the events that are wanted."""
        moment = "epoch_us(occurred_at) as t"
        rows = f"select customer_token as person, {moment}, {columns} from {self.table}"
        return f"{rows} as events where ({wanted})"


def happened(funnels: Sequence[Funnel]) -> str:
    """Select what was sent of those who may enter one of the funnels: what all of them look at.

    One pass for all, for most of the days a part sees lie ahead of its own, and most customers
    enter nothing in a week. In strict order every event may interrupt.
    """
    starting: set[str] = set()
    named: set[str] = set()
    for funnel in funnels:
        steps = [step.event for step in funnel.steps]
        starting.update(steps if funnel.order == "any" else steps[:1])
        named.update(steps, _excluded(funnel))
    query = _HAPPENED.format(started=_made_of(starting))
    if any(funnel.order == "strict" for funnel in funnels):
        return query
    return f"{query}\nwhere events.event_type in ({_made_of(named)})"


def selected(funnel: Funnel) -> dict[str, str]:
    """Write the parts of a query that select a funnel's events from `happened`, by name.

    events: with what is derived; entering: of them those of the days whose entries are counted.
    """
    return {"events": _events(funnel), "entering": _ENTERING}


def _excluded(funnel: Funnel) -> list[str]:
    return [exclusion.event for exclusion in funnel.exclusions]


def _made_of(named: Collection[str]) -> str:
    made_of = {part for event in named for part in DERIVED.get(event, (event,))}
    return ", ".join(text(event) for event in sorted(made_of))


# A part sees its own days of the calendar, and more of the events.
_HAPPENED = """\
select
    events.event_id, events.customer_token, events.occurred_at, events.day,
    events.event_type as event, events.source_code, links.account_id, days.platform, days.tier,
    days.unit_id, coalesce(events.product_line, links.product_line) as product_line,
    links.product, links.entry, channels.form, channels.theme,
    events.amount, events.currency, events.cooling_off, events.region, events.scene
from (
    select distinct started.customer_token from staging.bank_events as started
    inner join settings.calendar as own on started.day = own.day
    where started.event_type in ({started})
) as entering
inner join staging.bank_events as events on entering.customer_token = events.customer_token
left join core.link_days as links
    on events.day = links.day and events.source_code = links.source_code
left join core.account_days as days
    on links.account_id = days.account_id and events.day = days.day
left join core.link_channels as channels
    on events.day = channels.day and events.source_code = channels.source_code"""

_ENTERING = "select * from events where day in (select own.day from settings.calendar as own)"

_CARRIED = "event_id, customer_token, occurred_at, day, " + ", ".join(COLUMNS)
_MADE = {
    "wealth_confirmed": f"""\
select 'wealth_confirmed' as event, {_CARRIED} from happened
where event = 'wealth_subscription' and coalesce(cooling_off, 'confirmed') = 'confirmed'""",
    "new_customer": f"""\
select 'new_customer' as event, {_CARRIED} from happened
where event_id in (select became.event_id from core.new_customers as became)""",
}


def _events(funnel: Funnel) -> str:
    """Select what happened, and what is derived of it as far as it is asked for."""
    named = {*(step.event for step in funnel.steps), *_excluded(funnel)}
    made = [query for event, query in _MADE.items() if event in named]
    sent = f"select event, {_CARRIED} from happened"
    if funnel.order != "strict":
        sent += f" where event in ({_made_of(named)})"
    return "\nunion all\n".join([sent, *made])
