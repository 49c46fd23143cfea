"""Balances of customers from the data warehouse.

Upper-case headers are those of the warehouse table DWS_CUST_ASSE_LIAB, dumped as it stands.
"""

from pipeline.ingest.source import BANK, Column, Identity, Source
from pipeline.ingest.units import choice, local_date, money

# BAL_TYPE of the warehouse; '3' is not confirmed by anybody.
BASES = ("point_in_time", "month_average", "quarter_average", "year_average")


def _part(name: str, *others: str, note: str = "") -> Column:
    headers = (name, *others)
    return Column(name, headers, money, optional=True, nullable=True, note=note, example="1000.00")


BALANCES = Source(
    name="bank_balances",
    title="balances",
    platform=BANK,
    one_row_is="one customer's balance on one day, by one basis",
    key=("customer_token", "balance_on", "basis"),
    columns=(
        Column(
            "balance_on",
            ("balance_on", "DATA_DATE"),
            local_date("%Y-%m-%d", "%Y%m%d"),
            example="2026-10-31",
        ),
        Identity(header=("customer_id", "CUST_ID")),
        Column(
            "basis",
            ("basis", "BAL_TYPE"),
            choice({str(i): word for i, word in enumerate(BASES, 1)} | {w: w for w in BASES}),
            note="stored as the word; never add rows of different bases",
            example="2",
        ),
        Column("aum", ("aum", "AUM_BAL"), money, note="yuan, not 万元", example="125000.00"),
        _part("deposits", note="demand and time together; blank where those two are given"),
        _part("demand_deposits", "DEPO_CURNT_DEPO_BAL"),
        _part("time_deposits", "FIXD_DEPO_BAL"),
        _part("funds"),
        _part("wealth", "FIN_BAL"),
        _part("insurance"),
        _part("securities"),
    ),
    partition_by=("balance_on", "month"),
    missing=("", "\\N"),
    ignore=("PERSN_LEGAL_BK_CODE", "ORG_ID"),
)
