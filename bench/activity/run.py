"""One run of the models, of the scan or of the range join. Prints CPU seconds, GiB, a check sum."""

import json
import sys
from pathlib import Path

import duckdb

from bench.figures import cpu_seconds, gib
from bench.models import engine, make

_SCAN = "select max(customer_token), max(day), max(account_id) from core.login_days"
_SUM = "select sum(mau) from published.rolling_active"
_LEVELS = ("bank", "tier", "unit", "platform", "account")
# The 30 days before each day joined to it, distinct customers counted; a level at a time.
_JOIN = """
select coalesce(sum(mau), 0) from (
    select count(distinct login_days.customer_token) as mau
    from settings.calendar as calendar
    inner join core.login_days as login_days
        on calendar.day >= login_days.day and calendar.day <= login_days.day + 29
    inner join core.account_places as levels
        on login_days.account_id = levels.account_id and login_days.day = levels.day
    where levels.level = '{level}'
        and calendar.day >= (select min(first_day) + 29 from staging.deliveries)
    group by calendar.day, levels.tier, levels.unit_id, levels.platform, levels.path_account_id
)
"""


def main(folder: Path, which: str) -> None:
    """Run `models`, `scan` or `range_join` over the tables of a folder."""
    with engine(folder) as connection:
        make(connection, folder, "core.account_levels")
        make(connection, folder, "core.account_places")
        before = cpu_seconds()
        mau = {"models": _models, "scan": _scan, "range_join": _range_join}[which](
            connection, folder
        )
        print(json.dumps({"cpu": cpu_seconds() - before, "gib": gib(), "mau": mau}))


def _models(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    for name in ("core.activity_moves", "published.rolling_persons", "published.rolling_active"):
        make(connection, folder, name)
    return _number(connection, _SUM)


def _scan(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    connection.execute(_SCAN).fetchall()
    return 0


def _range_join(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    return sum(_number(connection, _JOIN.format(level=level)) for level in _LEVELS)


def _number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    ((number,),) = connection.execute(sql).fetchall()
    return int(number)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
