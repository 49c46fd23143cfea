"""The AUM snapshot as the bank's warehouse dumps it: another spelling of the balances."""

from datetime import date
from decimal import Decimal

from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells
from tests.ingest.test_bank import token

HEADER = cells(
    "DATA_DATE | CUST_ID | PERSN_LEGAL_BK_CODE | ORG_ID | BAL_TYPE | AUM_BAL | "
    "DEPO_CURNT_DEPO_BAL | FIXD_DEPO_BAL | FIN_BAL"
)
COLUMNS = "balance_on, customer_token, basis, aum, deposits, demand_deposits, time_deposits, wealth"


def dump(*rows: str) -> bytes:
    """Write rows as a dump does: bare, `\\N` for NULL."""
    return "".join(",".join(row) + "\n" for row in (HEADER, *map(cells, rows))).encode()


def test_a_dump_lands_in_the_balances_with_each_basis_apart(workspace: Workspace) -> None:
    data = dump(
        "20261031 | C0001 | 01 | 1001 | 1 | 1500.50 | 500.50 | 1000 | \\N",
        "20261031 | C0001 | 01 | 1001 | 2 | 1200 | 200 | \\N | 1000.00",
        "20261031 | C0001 | 01 | 1001 | 4 | 900 | \\N | \\N | \\N",
    )
    report = workspace.land("bank/2026-11-01/DWS_CUST_ASSE_LIAB.csv", data)
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    day, who = date(2026, 10, 31), token("C0001")
    yuan = Decimal
    assert workspace.rows("bank_balances", COLUMNS) == [
        (day, who, "point_in_time", yuan("1500.50"), None, yuan("500.50"), yuan(1000), None),
        (day, who, "month_average", yuan(1200), None, yuan(200), None, yuan(1000)),
        (day, who, "year_average", yuan(900), None, None, None, None),
    ]


def test_a_row_that_does_not_fit_waits_without_its_customer(workspace: Workspace) -> None:
    rows = [f"20261031 | C000{i} | 01 | 1 | 1 | 1 | 1 | 0 | 0" for i in range(8)]
    rows.append("20261031 | C0008 | 01 | 1 | 9 | 1 | 1 | 0 | 0")
    rows.append("20261031 | C0009 | 01 | 1 | 1 | C0009 | 1 | 0 | 0")
    report = workspace.land("bank/a.csv", dump(*rows))
    assert [(c.landed, c.refused) for c in report.datasets] == [(8, 2)]
    assert "「BAL_TYPE」列的值「9」" in report.refusals[0]
    assert "「AUM_BAL」列的值「‹masked›」" in report.refusals[1]
