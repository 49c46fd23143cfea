"""Rounding of a table that leaves the bank: counts of persons, and what would tell the exact ones.

A rate among few persons tells both of its counts to the one, even with two digits left of it and
its interval: of 70 of 105 persons, 0.65 within 0.55 and 0.73 is 68 of 105. So it is made anew, of
the round numbers; so is money per person, beside money that stays exact.
"""

from collections.abc import Mapping

import duckdb
import sqlglot

from pipeline.warehouse import macros
from pipeline.warehouse.model import Model


def round_counts(
    connection: duckdb.DuckDBPyConnection, model: Model, table: str, rounded_to: int
) -> None:
    """Round counts of persons, what goes with them, and make the rates of the header again.

    What goes with them are counts (an application a person) and numbers the model made of the exact
    ones, such as credits: of these two digits are left where they are small.
    """
    kinds = {name: kind for name, kind, *_ in connection.execute(f"describe {table}").fetchall()}
    beside = {name for companions in model.persons.values() for name in companions}
    again = {
        column: made
        for name, over, by in model.rates
        if by
        for column, made in _made(name, over, by).items()
    }
    scaled = {name: over for name, over, by in model.rates if not by}
    rounded = {
        name: _scaled(name, scaled[name], rounded_to)
        if name in scaled
        else _rounded(name, kinds[name], rounded_to)
        for name in sorted({*model.persons, *beside} - again.keys())
        if not kinds[name].endswith(",2)")  # money is no count
    }
    _set(connection, table, rounded)
    _set(
        connection,
        table,
        {
            name: f'case when "{name}" is not null then cast({made} as {kinds[name]}) end'
            for name, made in again.items()
            if name in kinds
        },
    )


def _set(connection: duckdb.DuckDBPyConnection, table: str, values: Mapping[str, str]) -> None:
    if values:
        to = ", ".join(f'"{name}" = {value}' for name, value in values.items())
        connection.execute(f"update {table} set {to}")


def _rounded(name: str, kind: str, rounded_to: int) -> str:
    counted = _counted(name, rounded_to)
    if kind != "DOUBLE":
        return counted
    digit = f'power(10, floor(log10(abs("{name}"))) - 1)'
    small = f'"{name}" <> 0 and abs("{name}") < {10 * rounded_to}'
    return f'case when {small} then round("{name}" / {digit}) * {digit} else {counted} end'


def _scaled(name: str, over: str, rounded_to: int) -> str:
    """Give a rate of the rounded count of persons, by what it was made by."""
    return f'coalesce("{name}" * {_counted(over, rounded_to)} / nullif("{over}", 0), "{name}")'


def _counted(name: str, rounded_to: int) -> str:
    return f'round("{name}" / {rounded_to}) * {rounded_to}'


def _made(name: str, over: str, by: str) -> dict[str, str]:
    """Give a rate and its interval as SQL over the columns of its row."""
    rate = f"cast({over} as double) / nullif({by}, 0)"
    ends = {f"rate_{end}": f"wilson_{end}({rate}, {by})" for end in ("low", "high")}
    return {name: rate} | {
        end: macros.written_out(sqlglot.parse_one(made, dialect="duckdb")).sql("duckdb")
        for end, made in ends.items()
    }
