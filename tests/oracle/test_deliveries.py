"""Who may be counted, what was delivered, and the cells behind each count: of the sample's lake."""

from collections import Counter, defaultdict
from fractions import Fraction

import pyarrow.parquet as pq

from tests.oracle.counts import rounded
from tests.oracle.test_sample_numbers import STAGES

COUNTED = ("delivered", "landed", "repeated", "refused", "erased")
LINE = ("source_file", "source_sheet", "source_line")


def rows_of(lake, columns):
    """Give the dataset and some columns of every row of the lake."""
    for file in lake.folder.glob("*/*/*.parquet"):
        if set(columns) <= set(pq.read_schema(file).names):
            for row in pq.ParquetFile(file).read(list(columns)).to_pylist():
                yield (file.parents[1].name, *row.values())


def test_customers_delivered_and_of_them_with_consent(lake, published):
    delivered = {
        row["customer_token"]
        for dataset, day in (("bank_events", "occurred_at"), ("bank_balances", "balance_on"))
        for row in lake.rows(dataset)
        if row["customer_token"] is not None
    }
    (row,) = published("consent_coverage")
    assert row["consented"] == len(delivered & lake.consented())
    assert row["customers"] == len(delivered)


def test_deliveries_add_up_to_what_the_lake_holds(lake, published):
    cells = defaultdict(list)
    for file in sorted((lake.folder / "deliveries").glob("*.parquet")):
        for row in pq.ParquetFile(file).read().to_pylist():
            cells[row["dataset"], row["account_id"]].append(row)
    found = {(r["dataset"], r["account_id"]): r for r in published("data_freshness")}
    assert {cell for cell in found if found[cell]["files"]} == cells.keys()
    held = Counter(rows_of(lake, ("delivery_id",)))
    for cell, rows in cells.items():
        row = found[cell]
        assert row["files"] == len(rows)
        for name in COUNTED:
            assert row[name] == sum(each[name] for each in rows)
        assert row["delivered"] == row["landed"] + row["repeated"] + row["refused"]
        assert (
            sum(held[cell[0], each["delivery_id"]] for each in rows)
            == row["landed"] - row["erased"]
        )


def test_the_cells_behind_a_count_add_up_to_it_and_lie_in_the_lake(lake, published):
    sums = defaultdict(Fraction)
    lines = set()
    for row in published("weekly_evidence"):
        sums[row["week_starts"], row["account_id"], row["stage"]] += Fraction(row["amount"])
        lines.add(tuple(row[name] for name in LINE))
    counts = {
        (r["week_starts"], r["account_id"], r["stage"]): r["total"]
        for r in published("weekly_funnel")
        if r["level"] == "account" and r["stage"] not in STAGES and r["total"]
    }
    assert {cell: rounded(amount) for cell, amount in sums.items() if cell in counts} == counts
    assert lines <= {tuple(line) for _, *line in rows_of(lake, LINE)}
