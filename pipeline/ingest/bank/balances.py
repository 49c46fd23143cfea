"""Balances of customers from the data warehouse."""

from pipeline.ingest.source import BANK, Column, Identity, Source
from pipeline.ingest.units import choice, local_date, money

# BAL_TYPE of the warehouse; '3' is not confirmed by anybody.
BASES = ("point_in_time", "month_average", "quarter_average", "year_average")


def _part(name: str) -> Column:
    return Column(name, name, money, optional=True, nullable=True, example="1000.00")


BALANCES = Source(
    name="bank_balances",
    title="balances",
    platform=BANK,
    one_row_is="one customer's balance on one day, by one basis",
    key=("customer_token", "balance_on", "basis"),
    columns=(
        Column("balance_on", "balance_on", local_date("%Y-%m-%d", "%Y%m%d"), example="2026-10-31"),
        Identity(),
        Column(
            "basis",
            "basis",
            choice({str(i): word for i, word in enumerate(BASES, 1)} | {w: w for w in BASES}),
            note="stored as the word; never add rows of different bases",
            example="2",
        ),
        Column("aum", "aum", money, note="yuan, not 万元", example="125000.00"),
        *(_part(name) for name in ("deposits", "funds", "wealth", "insurance", "securities")),
    ),
    partition_by=("balance_on", "month"),
    missing=("", "\\N"),
)
