"""Where an account stands, and which levels it counts towards."""

import datetime as dt

from tests.oracle.lake import DAY, Lake

Path = tuple[str, ...]
NOBODY = "(none)"


class Places:
    """The bank's registers: of accounts, and of the links that lead from them."""

    def __init__(self, lake: Lake) -> None:
        self.periods = lake.exported("bank_accounts", "account_id", "valid_from")
        self.links = {row["source_code"]: row for row in lake.exported("bank_links", "source_code")}
        self.as_of = lake.as_of

    def account_of(self, source_code: str | None) -> str:
        link = self.links.get(source_code) if source_code is not None else None
        return link["account_id"] if link else NOBODY

    def levels(self, account: str, day: dt.date) -> list[Path]:
        """Give the bank `()`, the tier, the unit and the account itself on a day."""
        if account == NOBODY:
            return [(), ("unattributed",)]
        tier, unit = self._stand(account, day)
        return [(), (tier,), (tier, unit), (tier, unit, account)]

    def levels_of_week(self, account: str, monday: dt.date) -> list[Path]:
        return self.levels(account, monday + 6 * DAY)

    def levels_of_month(self, account: str, first: dt.date) -> list[Path]:
        return self.levels(account, min(next_month(first), self.as_of) - DAY)

    def ways(self, account: str, day: dt.date) -> list[Path]:
        """Give the levels, and that of the platform, which is another way to the account."""
        levels = self.levels(account, day)
        return levels if account == NOBODY else [*levels, ("on", self.platform(account, day))]

    def ways_of_month(self, account: str, first: dt.date) -> list[Path]:
        return self.ways(account, min(next_month(first), self.as_of) - DAY)

    def platform(self, account: str, day: dt.date) -> str:
        if account == NOBODY:
            return "unattributed"
        for period in self.periods:
            if (
                period["account_id"] == account
                and period["valid_from"] <= day
                and (period["valid_to"] is None or day <= period["valid_to"])
            ):
                return period["platform"]
        return "unknown"

    def _stand(self, account: str, day: dt.date) -> tuple[str, str]:
        for period in self.periods:
            if (
                period["account_id"] == account
                and period["valid_from"] <= day
                and (period["valid_to"] is None or day <= period["valid_to"])
            ):
                return period["tier"], period["unit_id"]
        return "unregistered", "unregistered"


def monday(day: dt.date) -> dt.date:
    return day - day.weekday() * DAY


def month(day: dt.date) -> dt.date:
    return day.replace(day=1)


def next_month(first: dt.date) -> dt.date:
    return (first + 31 * DAY).replace(day=1)


def months_before(first: dt.date, number: int) -> dt.date:
    for _ in range(number):
        first = (first - DAY).replace(day=1)
    return first
