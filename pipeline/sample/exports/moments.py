"""When an account's operator made an export, and where the file went."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from pipeline.sample.accounts import Account
from pipeline.sample.timeline import epoch


def exported_at(account: Account, day: date) -> datetime:
    """Return the moment of export in Shanghai wall time: between 08:30 and 10:30 that morning."""
    minutes = (account.number * 7 + day.day) % 120
    return datetime.combine(day, time(8, 30, account.number % 60)) + timedelta(minutes=minutes)


def folder(inbox: Path, account: Account, day: date) -> Path:
    """Return the folder the operator puts that day's files into."""
    return inbox / account.folder / day.isoformat()


def stamps(first: date, last: date) -> str:
    """Return the two unix stamps the 公众号 back office puts into a file's name."""
    return f"{epoch(first)}_{epoch(last + timedelta(days=1)) - 1}"
