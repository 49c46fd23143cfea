"""merchants.parquet and merchant-consents.csv: shops week by week, and whom the bank may watch.

Most shops go up and down; some have been losing trade for weeks.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa

from pipeline.sample.arrays import Floats, Ints, stream
from pipeline.sample.exports.bank_consents import HEADER, NOTICE
from pipeline.sample.exports.bank_files import bank_folder
from pipeline.sample.timeline import DAY, WEEK, Timeline
from pipeline.sample.writers.columnar import ParquetFile, money
from pipeline.sample.writers.delimited import BOM, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell

PURPOSE = "post_loan_care"
SHOPS = 120
CONSENTED = 0.95
LOSING = 0.2
LOSING_WEEKS = 6
VISITS_AN_ORDER = 9


def write_merchants(inbox: Path, timeline: Timeline, seed: int) -> None:
    """Write the weeks of the programme and the consents into the last delivery."""
    chance = stream(seed, "merchants")
    orders = _orders(chance, timeline.weeks)
    visits = chance.poisson(orders * VISITS_AN_ORDER)
    cents = (orders * chance.lognormal(8.4, 0.5, (SHOPS, 1))).astype(np.int64)
    shops = [f"M{number + 1:08d}" for number in range(SHOPS)]
    file = ParquetFile(bank_folder(inbox, timeline.end) / "merchants.parquet")
    file.append(_table(shops, timeline, visits, orders, cents))
    file.close()
    agreed = chance.random(SHOPS) < CONSENTED
    since = timeline.start - 200 * DAY
    rows: list[list[Cell]] = [
        [shop, PURPOSE, "grant", "true", NOTICE, f"{since}T10:00:00+08:00", None]
        for shop, agrees in zip(shops, agreed, strict=True)
        if agrees
    ]
    path = bank_folder(inbox, timeline.end) / "merchant-consents.csv"
    write_csv(path, HEADER, rows, Dialect(BOM))


def _orders(chance: np.random.Generator, weeks: int) -> Ints:
    """Draw the orders [shop, week]; those that lose trade have ever fewer of them."""
    usual = chance.lognormal(4.5, 0.6, (SHOPS, 1)) * chance.lognormal(0, 0.15, (SHOPS, weeks))
    losing = chance.random((SHOPS, 1)) < LOSING
    past = np.arange(weeks) - (weeks - 1 - LOSING_WEEKS)
    falls = chance.uniform(0.80, 0.95, (SHOPS, weeks))
    left: Floats = np.where(past > 0, falls, 1).cumprod(axis=1)
    before = usual[:, [max(0, weeks - 1 - LOSING_WEEKS)]]
    return np.where(losing & (past > 0), before * left, usual).astype(np.int64) + 1


def _table(
    shops: list[str], timeline: Timeline, visits: Ints, orders: Ints, cents: Ints
) -> pa.Table:
    weeks = [timeline.start + number * WEEK for number in range(timeline.weeks)]
    return pa.table(
        {
            "merchant_id": pa.array([shop for shop in shops for _ in weeks], pa.string()),
            "week": pa.array([f"{monday:%G-W%V}" for _ in shops for monday in weeks], pa.string()),
            "visits": pa.array(visits.ravel(), pa.int64()),
            "orders": pa.array(orders.ravel(), pa.int64()),
            "settlement_yuan": money(cents.ravel()),
        }
    )
