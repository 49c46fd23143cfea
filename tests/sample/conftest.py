import gzip
import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from pipeline.sample import write
from pipeline.sample.exports.bank_event_logs import NAMES

COMMITTED = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as it is committed, written now."""
    target = tmp_path_factory.mktemp("whole")
    write(target)
    return target


@pytest.fixture(scope="session")
def inbox(whole: Path) -> Path:
    return whole / "inbox"


@pytest.fixture(scope="session")
def events(inbox: Path) -> pd.DataFrame:
    """Every event as first delivered, with its instant as a column `at` in UTC."""
    parts = [_events(path) for path in sorted(inbox.glob("bank/*/events-2*"))]
    parts += [_sensors(path) for path in inbox.glob("bank/*/sensors/*.gz")]
    parts += [_growingio(path) for path in sorted(inbox.glob("bank/*/growingio/*.gz"))]
    return pd.concat(parts, ignore_index=True).sort_values("at", kind="stable")


@pytest.fixture(scope="session")
def balances(inbox: Path) -> pd.DataFrame:
    parts = [pd.read_parquet(path) for path in sorted(inbox.glob("bank/*/balances-*.parquet"))]
    for part in parts:
        part["balance_on"] = [_day(value) for value in part["balance_on"]]
        part["aum"] = part["aum"].astype(float)
    return pd.concat(parts, ignore_index=True)


def _day(value: str | date) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _events(path: Path) -> pd.DataFrame:
    if path.suffix == ".parquet":
        found = pd.read_parquet(path)
    else:
        found = pd.read_csv(path, dtype=str, encoding=_encoding(path))
        found = found[found["occurred_at"].str.contains("+", regex=False)]  # one lost its zone
    at = pd.to_datetime(found["occurred_at"], utc=True)
    found["at"] = at.astype("datetime64[s, UTC]")
    found["amount"] = found["amount"].astype(float)
    return found


def _sensors(path: Path) -> pd.DataFrame:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    found = pd.DataFrame([line["properties"] | line for line in lines])
    found = found.rename(columns={"login_id": "customer_id", "$utm_content": "source_code"})
    return _of_log(found)


def _growingio(path: Path) -> pd.DataFrame:
    found = pd.read_csv(path, dtype=str, doublequote=False, escapechar="\\")
    names = {"loginUserId": "customer_id", "utm_content": "source_code"}
    return _of_log(found.rename(columns=names | {"eventName": "event", "eventTime": "time"}))


def _of_log(found: pd.DataFrame) -> pd.DataFrame:
    at = pd.to_datetime(found["time"].astype("int64"), unit="ms", utc=True)
    found["at"] = at.astype("datetime64[s, UTC]")
    found["event_type"] = found["event"].map({logged: name for name, logged in NAMES.items()})
    found["source_code"] = found["source_code"].replace("未取到值", None)
    found["amount"] = found["amount"].astype(float)
    return found


def _encoding(path: Path) -> str:
    return "gb18030" if path.stem == "events-2026-04" else "utf-8-sig"
