"""What is known of customers beside their events: what they agreed to, and what they have."""

import datetime as dt

from bench.lake.year import FIRST, Scale, day_of, drawn, share, token

_AGREED = f"{drawn(6, 'customer')} % 100 < 85"

_CONSENTS = """
select
    {token} as customer_token,
    'channel_analytics' as purpose,
    {action} as action,
    true as separate,
    '2025-06' as notice_version,
    {at} as occurred_at
from range({customers}) as customers (customer)
where {who}
order by occurred_at
"""

_BALANCES = """
with owners as (
    select
        customer,
        {token} as customer_token,
        -- most have little, few have much, and it moves a little with time
        200 * exp(9 * pow({wealth}, 1.5)) * (1 + 0.2 * sin({day} / 30.0 + customer)) as yuan
    from range({customers}) as customers (customer)
    where {owner} % 5 = 0
),
parts as (
    select
        *,
        cast(yuan * 0.6 as decimal(18, 2)) as demand_deposits,
        cast(yuan * 0.2 as decimal(18, 2)) as time_deposits,
        cast(yuan * 0.1 as decimal(18, 2)) as funds,
        cast(yuan * 0.1 as decimal(18, 2)) as wealth
    from owners
)
select
    date '{on}' as balance_on,
    customer_token,
    '{basis}' as basis,
    demand_deposits + time_deposits + funds + wealth as aum,
    demand_deposits,
    time_deposits,
    funds,
    wealth,
    0 as insurance,
    0 as securities
from parts
order by customer
"""


def first_consents(scale: Scale) -> str:
    """Give the query of what 85 % of the customers agreed to in the half year before."""
    return _CONSENTS.format(
        token=token("customer"),
        action="'grant'",
        at=_moment(FIRST - dt.timedelta(days=180), 179 * 86400, 7),
        customers=scale.customers,
        who=_AGREED,
    )


def changed_consents(scale: Scale, day: int) -> str:
    """Give the query of a day's changes of mind: one in 2,000 grants or withdraws."""
    return _CONSENTS.format(
        token=token("customer"),
        action=f"case when {_AGREED} then 'withdraw' else 'grant' end",
        at=_moment(day_of(day), 86400, 8),
        customers=scale.customers,
        who=f"{drawn(9, day, 'customer')} % 2000 = 0",
    )


def balances(scale: Scale, day: int, basis: str) -> str:
    """Give the query of what a fifth of the customers have at the end of a day, by one basis."""
    return _BALANCES.format(
        token=token("customer"),
        wealth=share(drawn(10, "customer")),
        owner=drawn(11, "customer"),
        day=day,
        customers=scale.customers,
        on=day_of(day),
        basis=basis,
    )


def _moment(first: dt.date, seconds: int, salt: int) -> str:
    """Give the SQL of a moment in UTC within so many seconds from a day's start in Shanghai."""
    after = f"to_seconds(cast({drawn(salt, 'customer')} % {seconds} as int))"
    return f"timestamp '{first}' - interval 8 hours + {after}"
