"""A person who is erased is in no byte below the home, whatever was killed, and stays out."""

import json
import shutil
import signal
import stat
import subprocess
import sys
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from pipeline.privacy.tokens import Tokens
from pipeline.settings import Settings, load
from tests.conftest import KEY
from tests.ingest.containers import cells, csv_text

EVENTS = ["event_id", "occurred_at", "customer_id", "event_type", "source_code", "amount"]
CONSENTS = ["customer_id", "purpose", "action", "separate", "notice_version", "occurred_at"]
REGISTER = {
    "bank/2026-11-15/accounts.csv": [
        cells("account_id | account_name | platform | tier | unit_id | unit_name | valid_from"),
        cells("hq | 总行 | xiaohongshu | head_office | U1 | 品牌部 | 2025-01-01"),
    ],
    "bank/2026-11-15/links.csv": [
        cells("source_code | account_id | product_line | entry"),
        cells("XHS-1 | hq | card | post"),
    ],
}
BALANCES = ["balance_on", "customer_id", "basis", "aum"]
PEOPLE = [f"C{number:08}" for number in range(14)]
GONE = "C99999999"
AS_OF = "2026-11-16"

Row = list[str]


def events(person: str, day: int, month: int = 10) -> list[Row]:
    at = f"2026-{month:02}-{day:02}T10:0{{}}:00+08:00"
    kinds = ["arrival", "registered", "login", "card_application"]
    return [
        [f"{person[-4:]}{month}{day}{n}x", at.format(n), person, kind, "XHS-1", ""]
        for n, kind in enumerate(kinds)
    ]


def consent(person: str, action: str = "grant", at: str = "2026-09-01T08:00:00+08:00") -> Row:
    return [person, "channel_analytics", action, "true", "1", at]


def deliveries(gone: bool) -> dict[str, list[Row]]:
    """The files of a small bank, with and without one person, whose rows come last."""
    of_all = [row for n, person in enumerate(PEOPLE) for row in events(person, 1 + n % 9)]
    of_late = [row for n, person in enumerate(PEOPLE) for row in events(person, 2 + n % 9, 11)]
    balances = [["2026-10-31", person, "2", "5000.00"] for person in PEOPLE]
    mine = {
        "bank/2026-11-15/events-10.csv": events(GONE, 5),
        "bank/2026-11-15/events-11.csv": [
            ["bad1", "2026-11-05T10:00:00+08:00", GONE, "login", "", "x1.2k"]
        ],
        "bank/2026-11-15/balances.csv": [["2026-10-31", GONE, "2", "777.00"]],
        "bank/2026-11-15/consents.csv": [consent(GONE)],
    }
    others = {
        "bank/2026-11-15/events-10.csv": [EVENTS, *of_all],
        "bank/2026-11-15/events-11.csv": [EVENTS, *of_late],
        "bank/2026-11-15/balances.csv": [BALANCES, *balances],
        "bank/2026-11-15/consents.csv": [CONSENTS, *(consent(person) for person in PEOPLE)],
    }
    return {name: rows + (mine[name] if gone else []) for name, rows in others.items()}


def settings_of(home: Path, as_of: str = AS_OF, **more: object) -> Settings:
    return load(home=home, reports=home / "reports", as_of=as_of, token_key=KEY, **more)


def deliver(home: Path, files: dict[str, list[Row]]) -> None:
    home.mkdir(exist_ok=True)
    (home / "funnel.toml").write_text("[parameters]\nsmall_cell = 2\n")
    for name, rows in (files | REGISTER).items():
        path = home / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(csv_text(rows))


def funnel(
    home: Path, *words: str, kill_after: int = 0, given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a command of the program, killed once it has renamed or removed so many files."""
    program = [sys.executable, "-c", DYING, str(kill_after), *words, "--home", str(home)]
    environment = {"PATH": "/usr/bin:/bin", "FUNNEL_TOKEN_KEY": KEY, "FUNNEL_REPORTS": f"{home}/r"}
    environment |= {"PYTHONPATH": ":".join(filter(None, sys.path))}
    return subprocess.run(
        program,
        cwd=Path(__file__).parents[1],
        env=environment,
        input=given,
        capture_output=True,
        text=True,
    )


DYING = """
import os, signal, sys
from pathlib import Path

last, done = int(sys.argv[1]), 0

def counted(real):
    def act(*given, **named):
        global done
        result = real(*given, **named)
        done += 1
        if done == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return act

Path.replace, Path.unlink = counted(Path.replace), counted(Path.unlink)
sys.argv = ["funnel", *sys.argv[2:]]
from pipeline.cli import main
try:
    main()
finally:
    print("CHANGES", done)
"""


def token_of(person: str) -> uuid.UUID:
    return uuid.UUID(bytes=Tokens(KEY.encode()).token(person))


def traces(home: Path, token: uuid.UUID, but: Sequence[str] = ("inbox",)) -> list[str]:
    """Name the files that hold a token or the person's id, in any of the forms they may have."""
    as_number = (token.int ^ (1 << 127)).to_bytes(16, "little")  # as DuckDB keeps a UUID
    forms = [token.bytes, as_number, str(token).encode(), token.hex.encode(), GONE.encode()]
    found = []
    for file in sorted(home.rglob("*")):
        name = file.relative_to(home).as_posix()
        if file.is_file() and name.partition("/")[0] not in but:
            content = file.read_bytes()
            if file.suffix == ".parquet":
                content += str(pq.ParquetFile(file).read().to_pydict()).encode()
            if file.suffix == ".duckdb":
                content += str(rows_of(file)).encode()
            if any(form in content for form in forms):
                found.append(name)
    return found


def rows_of(database: Path, but: Iterable[str] = ()) -> dict[str, list[str]]:
    """Every row of every table as text; without the columns that name deliveries and times."""
    found = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
            " where table_schema in ('staging', 'core', 'published') order by 1"
        ).fetchall()
        for (name,) in tables:
            if name not in but:
                left = "columns(lambda c: c not in ('delivery_id', 'publish_id'))"
                texts = connection.execute(f"select t::varchar from (select {left} from {name}) t")
                found[name] = sorted(text for (text,) in texts.fetchall())
    return found


ABOUT_DELIVERIES = ("staging.deliveries", "published.data_freshness")


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after a night, and beside it a copy to come back to: views name files by full path."""
    home = tmp_path_factory.mktemp("bank") / "home"
    deliver(home, deliveries(gone=True))
    done = funnel(home, "nightly", "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr
    shutil.copytree(home, home.with_name("before"))
    return home


@pytest.fixture
def home(night: Path) -> Path:
    shutil.rmtree(night)
    shutil.copytree(night.with_name("before"), night)
    return night


@pytest.fixture(scope="module")
def never_there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same night of a bank that never had the person."""
    home = tmp_path_factory.mktemp("never") / "home"
    deliver(home, deliveries(gone=False))
    assert funnel(home, "nightly", "--as-of", AS_OF).returncode == 0
    return home


def erase(home: Path, *words: str, kill_after: int = 0) -> subprocess.CompletedProcess[str]:
    return funnel(home, "erase", "--as-of", AS_OF, *words, kill_after=kill_after)


def certificates(home: Path) -> list[dict[str, object]]:
    return [json.loads(f.read_text()) for f in sorted((home / "erasures").glob("*.json"))]


def assert_as_if_never_there(home: Path, never_there: Path) -> None:
    for name in ("analysis.duckdb", "funnel.duckdb"):
        here = rows_of(home / name, but=ABOUT_DELIVERIES)
        there = rows_of(never_there / name, but=ABOUT_DELIVERIES)
        assert here.keys() == there.keys()
        assert [table for table in here if here[table] != there[table]] == []


def test_what_looks_for_traces_finds_them(home: Path) -> None:
    found = traces(home, token_of(GONE))
    assert "analysis.duckdb" in found
    for folder in ("lake/", "parts/", "quarantine/"):
        assert any(name.startswith(folder) for name in found), folder
    assert "inbox/bank/2026-11-15/consents.csv" in traces(home, token_of(GONE), but=())


def test_an_erased_person_is_in_no_byte_and_the_numbers_are_as_if_never_there(
    home: Path, never_there: Path
) -> None:
    token = token_of(GONE)
    left = [home / name for name in (".draft/spill/x.tmp", "analysis.duckdb.wal", "lake/.x.tmp")]
    for file in left:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"left by a killed run " + token.bytes)
    left[1].unlink()  # a log that is not one stops DuckDB before anything is read
    done = erase(home, "--token", str(token))
    assert done.returncode == 0, done.stderr
    assert traces(home, token) == []
    assert str(token) not in done.stdout + done.stderr
    assert_as_if_never_there(home, never_there)
    (certificate,) = certificates(home)
    assert certificate["persons"] == [Tokens(KEY.encode()).erasure_mark(token.bytes)]
    assert certificate["still_in_inbox"] == sorted(deliveries(gone=True))
    gone = {
        f["file"].split("/")[1]: f["rows_before"] - f["rows_after"] for f in certificate["files"]
    }
    assert {name: gone[name] for name in gone if name.startswith("bank_")} == {
        "bank_balances": 1,
        "bank_consents": 1,
        "bank_events": 4,
    }


def test_the_ledger_says_how_many_rows_are_gone_and_still_adds_up(home: Path) -> None:
    erase(home, "--token", str(token_of(GONE)))
    with duckdb.connect(str(home / "analysis.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select dataset, sum(delivered), sum(landed), sum(refused), sum(erased)"
            " from staging.deliveries where landed > 1 group by all order by all"
        ).fetchall()
    assert rows == [
        ("bank_balances", 15, 15, 0, 1),
        ("bank_consents", 15, 15, 0, 1),
        ("bank_events", 117, 116, 1, 4),
    ]


def test_only_parts_the_person_was_in_are_built_again(home: Path) -> None:
    before = {file.name: file.stat().st_mtime_ns for file in (home / "parts").rglob("*.parquet")}
    erase(home, "--token", str(token_of(GONE)))
    after = {file.name: file.stat().st_mtime_ns for file in (home / "parts").rglob("*.parquet")}
    kept = {name for name in after if before.get(name) == after[name]}
    november = {name for name in before if name.startswith(("day=2026-11", "month=2026-11"))}
    assert november & kept
    assert not any(name.startswith("day=2026-10-05") for name in kept)


@pytest.fixture(scope="module")
def changes(night: Path) -> int:
    """How many files an erasure renames and removes."""
    shutil.rmtree(night)
    shutil.copytree(night.with_name("before"), night)
    done = erase(night, "--token", str(token_of(GONE)))
    return int(done.stdout.rpartition("CHANGES ")[2])


@pytest.mark.parametrize("share", [0, 0.02, 0.9, 1])
def test_an_erasure_killed_anywhere_is_finished_by_the_next_night(
    home: Path, changes: int, never_there: Path, share: float
) -> None:
    token = token_of(GONE)
    killed = erase(home, "--token", str(token), kill_after=max(1, int(share * (changes - 1))))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert funnel(home, "nightly", "--as-of", AS_OF).returncode == 0
    assert traces(home, token) == []
    assert not list((home / "erasures" / "open").iterdir())
    assert len(certificates(home)) == 1
    assert_as_if_never_there(home, never_there)


def test_a_night_erases_what_is_past_its_time_and_customers_go_by_their_numbers(
    home: Path,
) -> None:
    """Thirty days are kept of events, so that October's are over on the 16th of November."""
    (home / "catalogue.toml").write_text(
        '[[columns]]\ndataset = "bank_events"\nnames = ["amount"]\nc_level = "C2"\n'
        'data_level = 3\npurposes = ["channel_analytics"]\nretention_days = 30\nowner = "x"\n'
    )
    (home / "funnel.toml").write_text(
        'catalogue = "catalogue.toml"\n[parameters]\nsmall_cell = 2\n'
    )
    night = funnel(home, "nightly", "--as-of", AS_OF)
    assert night.returncode == 0, night.stderr
    assert "已删除 60 行，证书" in night.stdout
    days = {file.parent.name for file in (home / "lake" / "bank_events").glob("*/*.parquet")}
    assert min(days) >= "day=2026-10-17"
    done = funnel(home, "erase", "--as-of", AS_OF, "--customers", "-", given=f"{GONE}\n\n")
    assert "已删除 1 人，2 行，证书" in done.stdout
    assert traces(home, token_of(GONE)) == []
    assert [c["asked"] for c in certificates(home)] == ["expired", "token"]
    trail = (home / "audit" / "trail.jsonl").read_text().splitlines()
    erased = [entry for entry in map(json.loads, trail) if entry["action"] == "erase"]
    assert [(entry["rule"], entry["rows"]) for entry in erased] == [("expired", 60), ("token", 2)]


def test_a_day_yet_to_come_erases_nothing(home: Path) -> None:
    """Retention of a slip in `--as-of` would take every row of a person."""
    before = sorted((home / "lake").rglob("*.parquet"))
    done = funnel(home, "erase", "--expired", "--as-of", "2926-11-16")
    assert done.returncode == 0, done.stderr
    assert "2926-11-16 还没到" in done.stdout
    assert "没有要删除的" in done.stdout
    assert sorted((home / "lake").rglob("*.parquet")) == before


def test_nothing_to_erase_is_said_so(home: Path) -> None:
    assert erase(home).returncode == 2
    assert "没有要删除的" in erase(home, "--expired", "--withdrawn").stdout
    wrong = erase(home, "--token", PEOPLE[0])
    assert wrong.returncode == 2
    assert PEOPLE[0] not in wrong.stdout + wrong.stderr
    records = "".join(file.read_text() for file in (home / "runs").glob("*-erase.json"))
    assert PEOPLE[0] not in records


def test_what_is_below_the_home_is_for_its_user_alone(home: Path) -> None:
    erase(home, "--token", str(token_of(GONE)))
    readable = {"funnel.duckdb", "funnel.toml"}
    for path in home.rglob("*"):
        top = path.relative_to(home).parts[0]
        if top not in ("inbox", "r") and path.name not in readable:
            wanted = 0o700 if path.is_dir() else 0o600
            assert stat.S_IMODE(path.stat().st_mode) == wanted, path
