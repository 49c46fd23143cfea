"""core.arrival_chains against every chain there is, on small random lives of two customers."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.warehouse import duckdb_engine
from pipeline.warehouse.model import read_model, sql_folder
from tests.oracle.chains import depth
from tests.oracle.lake import DAY, SHANGHAI

START = dt.datetime(2026, 8, 31, 16)  # midnight in Shanghai, so that day ends meet events
PEOPLE = [uuid.UUID(int=1), uuid.UUID(int=2)]
TABLES = (
    "core.arrivals",
    "core.new_customers",
    "staging.bank_events",
    "staging.bank_balances",
)

# Few moments, so that steps meet at one instant and at the window's end, or miss it by a second.
moments = st.builds(
    lambda days, second: START + dt.timedelta(days=days, seconds=second),
    st.sampled_from([0, 1, 1.5, 2, 15, 29, 30, 31, 32]),
    st.sampled_from([0, 0, 0, 1]),
)


@dataclass
class Life:
    """The moments of one customer; an order or a balance may be one that does not count."""

    arrivals: list[dt.datetime] = field(default_factory=list)
    became: dt.datetime | None = None
    logins: list[dt.datetime] = field(default_factory=list)
    balances: list[tuple[dt.datetime, bool]] = field(default_factory=list)
    orders: list[tuple[dt.datetime, bool]] = field(default_factory=list)

    def depth_from(self, arrival: dt.datetime) -> int:
        day_ends = [day_of(at) + DAY for at, is_enough in self.balances if is_enough]
        wealthy = [dt.datetime.combine(day, dt.time()) - SHANGHAI for day in day_ends]
        orders = [at for at, is_confirmed in self.orders if is_confirmed]
        return depth(arrival, self.became, self.logins, wealthy, orders)


judged = st.tuples(moments, st.sampled_from([True, True, True, False]))
lives = st.builds(
    Life,
    st.lists(moments, min_size=1, max_size=3),
    moments | moments | st.none(),
    st.lists(moments, min_size=1, max_size=4),
    st.lists(judged, min_size=1, max_size=4, unique_by=lambda balance: day_of(balance[0])),
    st.lists(judged, min_size=1, max_size=5),
)


@pytest.fixture(scope="module")
def connection(empty_warehouse):
    with duckdb.connect() as connection:
        connection.execute(f"attach '{empty_warehouse}' as built (read_only)")
        for schema in ("core", "staging", "settings"):
            connection.execute(f"create schema {schema}")
        for table in (*TABLES, "settings.parameters"):
            connection.execute(f"create table {table} as from built.{table}")
        connection.execute("create table staging.consented_customers (customer_token uuid)")
        for who in PEOPLE:
            connection.execute("insert into staging.consented_customers values (?)", [who])
        yield connection


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(st.tuples(lives, lives))
def test_an_arrival_goes_as_far_as_the_longest_chain_of_its_customer(connection, two):
    for table in TABLES:
        connection.execute(f"delete from {table}")
    for who, life in zip(PEOPLE, two, strict=True):
        write(connection, who, life)
    model = read_model(sql_folder() / "core" / "arrival_chains.sql")
    connection.execute("drop table if exists core.arrival_chains")
    duckdb_engine.create(connection, model)
    found = connection.execute("select event_id, depth from core.arrival_chains").fetchall()
    assert dict(found) == {
        f"{who} {n}": life.depth_from(arrived)
        for who, life in zip(PEOPLE, two, strict=True)
        for n, arrived in enumerate(life.arrivals)
    }


def write(connection, who, life):
    """Write a life into the tables the model reads."""
    for n, at in enumerate(life.arrivals):
        add(connection, "core.arrivals", who, event_id=f"{who} {n}", arrived_at=at)
    if life.became is not None:
        add(connection, "core.new_customers", who, became_at=life.became)
    for at in life.logins:
        add(connection, "staging.bank_events", who, event_type="login", occurred_at=at)
    for at, is_enough in life.balances:
        add(
            connection,
            "staging.bank_balances",
            who,
            balance_on=day_of(at),
            basis="point_in_time",
            aum=1000 if is_enough else 999,
        )
    for at, is_confirmed in life.orders:
        add(
            connection,
            "staging.bank_events",
            who,
            event_type="wealth_subscription",
            occurred_at=at,
            cooling_off="confirmed" if is_confirmed else "withdrawn",
        )


def add(connection, table, who, **values):
    columns = ", ".join(["customer_token", *values])
    marks = ", ".join("?" for _ in range(len(values) + 1))
    connection.execute(f"insert into {table} ({columns}) values ({marks})", [who, *values.values()])


def day_of(moment):
    return (moment + SHANGHAI).date()
