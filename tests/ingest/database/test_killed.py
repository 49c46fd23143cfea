"""A read that is killed anywhere and done again loses no row and lands none twice."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.ingest.database.conftest import Bank
from tests.ingest.database.test_reading import MORNING, NOON
from tests.ingest.test_any_order import killed_at

ROOT = Path(__file__).parents[3]
RUN = """
import sys
from pathlib import Path
from tests.ingest.conftest import Workspace
from tests.ingest.database.conftest import SOURCE, Bank
Bank(Path(sys.argv[1]), Workspace(Path(sys.argv[2])), SOURCE | {"rows_per_delivery": 50}).read()
"""


def landed(bank: Bank) -> list[object]:
    return bank.rows("event_id, occurred_at, customer_token, amount", "event_id")


@pytest.mark.parametrize("step", range(1, 34, 3))
def test_killed_before_any_write(bank: Bank, step: int) -> None:
    bank.source["rows_per_delivery"] = 2
    bank.insert(range(1, 6), MORNING)
    bank.insert(range(6, 7), NOON, event_type="'dance'")
    bank.insert(range(7, 10), NOON)
    with killed_at(step):
        bank.read()
    bank.insert(range(10, 12), NOON)
    bank.read()
    assert [row[0] for row in landed(bank)] == [
        "e1",
        "e10",
        "e11",
        *(f"e{n}" for n in (2, 3, 4, 5, 7, 8, 9)),
    ]
    delivered, in_lake, repeated, refused = map(sum, zip(*bank.ledger(), strict=True))
    assert (delivered, in_lake, repeated, refused) == (11, 10, 0, 1)
    committed = {name for (name,) in bank.workspace.rows("deliveries", "delivery_id", "all")}
    quarantined = list((bank.workspace.home / "quarantine").glob("*.jsonl"))
    assert {file.stem for file in quarantined} <= committed
    assert len(quarantined) == 1


def test_a_process_that_is_really_killed(bank: Bank) -> None:
    bank.insert(range(1, 2001), MORNING)
    ledger = bank.workspace.home / "lake" / "deliveries"
    command = [sys.executable, "-c", RUN, str(bank.socket), str(bank.workspace.home)]
    process = subprocess.Popen(command, cwd=ROOT)
    while process.poll() is None and len(list(ledger.glob("?" * 16 + ".parquet"))) < 5:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert 250 <= len(landed(bank)) < 2000
    bank.source["rows_per_delivery"] = 300
    bank.read()
    assert sorted(int(str(row[0])[1:]) for row in landed(bank)) == list(range(1, 2001))
    assert sum(row[0] for row in bank.ledger()) == 2000
