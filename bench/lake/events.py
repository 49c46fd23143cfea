"""The events of a day: who comes back when, and what they do then.

A customer has five spells of activity in a year, of 3 to 90 days, some 10 events in each. A spell
starts on a day that a permutation of all customers gives them, another permutation for each of the
five: so the customers who are active on a day are found without looking at any of the others.
"""

from bench.lake.year import DAYS, Scale, day_of, drawn, share, token

_SPELLS = ((3, 982_451_653), (7, 32_452_867), (14, 15_485_863), (30, 179_424_673), (90, 86_028_121))
"""Days of each spell, and the prime that permutes the customers for it."""

_TYPES = (
    ("login", 600),
    ("transaction", 120),
    ("click", 150),
    ("arrival", 50),
    ("registered", 7),
    ("account_opened", 7),
    ("card_bound", 6),
    ("card_application", 11),
    ("card_approved", 8),
    ("card_first_use", 6),
    ("risk_assessment", 15),
    ("wealth_subscription", 20),
)
"""Of a thousand events, so many are of each type."""

_SQL = """
with drawn as (
    select
        i,
        (i + 0.5) / {rows} as part_of_day,
        {who} as who,
        {what} as what,
        {how} as how
    from range({rows}) as events (i)
),
spells as (
    select
        *,
        ({day} + {year} - who // 5 % {length}) % {year} as started,
        -- some of those who start together do much more than the others
        started + pow({luck}, 1.5) as place
    from drawn
),
typed as (
    select
        *,
        cast(floor(place * {customers} / {year}) as bigint) * {prime} % {customers} as customer,
        {type} as event_type
    from spells
)
select
    'E' || cast({id} + i as varchar) as event_id,
    timestamp '{midnight}' + to_seconds(cast(floor({second}) as int)) as occurred_at,
    case when event_type <> 'click' or how % 3 = 0 then {token} end as customer_token,
    event_type,
    case
        when (event_type = 'click' and how % 100 < 97)
            or (event_type = 'arrival' and how % 2 = 0)
            or (event_type = 'card_application' and how % 10 < 3)
            then 'SRC-' || cast(10000 + {code} as varchar)
    end as source_code,
    case
        when event_type like 'card_a%' or event_type = 'card_first_use' then 'card'
        when event_type = 'wealth_subscription' then 'wealth'
    end as product_line,
    case
        when event_type in ('transaction', 'card_first_use', 'wealth_subscription')
            then cast(100 * exp((how // 1000) % 7000 / 1000.0) as decimal(18, 2))
    end as amount,
    case when amount is not null then 'CNY' end as currency,
    case
        when event_type <> 'wealth_subscription' then null
        when how % 100 < 85 then 'confirmed'
        when how % 100 < 93 then 'pending'
        else 'withdrawn'
    end as cooling_off
from typed
"""


def events(scale: Scale, day: int, links: int) -> str:
    """Give the query of a day's events in their order; `links` is how many codes there are."""
    rows = scale.rows_on(day)
    return _SQL.format(
        rows=rows,
        who=drawn(3, day, "i"),
        what=drawn(4, day, "i"),
        how=drawn(5, day, "i"),
        day=day % DAYS,
        year=DAYS,
        customers=scale.customers,
        length=_of_spell([days for days, _ in _SPELLS]),
        prime=_of_spell([prime for _, prime in _SPELLS]),
        luck=share("(who // 1024)"),
        type=_type("(what % 1000)"),
        # 20 characters: E, the date, 11 digits
        id=f"{day_of(day):%Y%m%d}" + "0" * 11,
        # Shanghai's midnight in UTC
        midnight=f"{day_of(day - 1)} 16:00:00",
        # most of it around noon
        second="86400 * (part_of_day + 0.6 * sin(2 * pi() * part_of_day) / (2 * pi()))",
        token=token("customer"),
        code=f"cast(1 + floor(pow({share('(what // 1000)')}, 2) * {links}) as int)",
    )


def _of_spell(values: list[int]) -> str:
    cases = (f"when {number} then {value}" for number, value in enumerate(values))
    return f"case who % {len(values)} {' '.join(cases)} end"


def _type(number: str) -> str:
    until, cases = 0, []
    for name, share_of_1000 in _TYPES[:-1]:
        until += share_of_1000
        cases.append(f"when {number} < {until} then '{name}'")
    return f"case {' '.join(cases)} else '{_TYPES[-1][0]}' end"
