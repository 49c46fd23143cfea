"""accounts.csv: the register of accounts, with the one that moved from head office to its line."""

from datetime import date, timedelta
from pathlib import Path

from pipeline.sample.accounts import (
    MOVED_ACCOUNT,
    MOVED_AFTER_WEEKS,
    SHARED_FOLDERS,
    Account,
)
from pipeline.sample.exports.bank_files import bank_folder
from pipeline.sample.timeline import DAY, Timeline
from pipeline.sample.writers.delimited import BOM, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell

HEADER = (
    "account_id", "account_name", "platform", "tier", "unit_id", "unit_name", "parent_unit_id",
    "valid_from", "valid_to", "files",
)  # fmt: skip
HEAD_OFFICE = ("head_office", "hq", "总行")
OPENED = "2025-01-01"  # every account is older than the sample


def write_accounts(inbox: Path, accounts: list[Account], timeline: Timeline, day: date) -> None:
    """Write the register as it stands on the day of a delivery."""
    moved_on = timeline.start + timedelta(weeks=MOVED_AFTER_WEEKS)
    rows: list[list[Cell]] = []
    for account in accounts:
        place = (account.tier, account.unit_id, account.unit_name)
        if account.account_id != MOVED_ACCOUNT:
            rows.append(_row(account, place, OPENED, None))
        elif day < moved_on:
            rows.append(_row(account, HEAD_OFFICE, OPENED, None))
        else:
            rows.append(_row(account, HEAD_OFFICE, OPENED, (moved_on - DAY).isoformat()))
            rows.append(_row(account, place, moved_on.isoformat(), None))
    write_csv(bank_folder(inbox, day) / "accounts.csv", HEADER, rows, Dialect(BOM))


def _row(
    account: Account, place: tuple[str, str, str], valid_from: str, valid_to: str | None
) -> list[Cell]:
    tier, unit_id, unit_name = place
    own_folder = SHARED_FOLDERS.get(account.account_id)
    return [
        account.account_id,
        account.name,
        account.platform,
        tier,
        unit_id,
        unit_name,
        None if unit_id == "hq" else "hq",
        valid_from,
        valid_to,
        f"{own_folder}/**/*.csv" if own_folder else None,
    ]
