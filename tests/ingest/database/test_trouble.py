"""What a database refuses, or cannot be asked, is said without a password or a row's values."""

import subprocess
import sys

import pytest

from pipeline import settings as configuration
from pipeline.errors import ConfigurationError
from tests.ingest.database.conftest import URI, Bank, everything_written, uri_of
from tests.ingest.database.server import PASSWORD
from tests.ingest.database.test_reading import MORNING, read

SECRET = "s3cret@part:of#it"


def refused(bank: Bank) -> str:
    """Read, and give what is said of the source."""
    (report,) = bank.read().files
    assert (report.outcome, report.file) == ("refused", "database/core_events")
    return report.reasons[0]


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        (f"postgresql://funnel_reader:{SECRET[:6]}@/postgres?host=SOCKET", "refuses the user or"),
        ("postgresql://funnel_reader@/postgres?host=SOCKET", "asks for a password"),
        (f"postgresql://nobody:{SECRET[:6]}@/postgres?host=SOCKET", "refuses the user or"),
        ("postgresql://funnel_reader@/postgres?host=/nowhere", "no database answers"),
        (f"postgresql://funnel_reader:{SECRET}@no-such-host/x?connect_timeout=2", ""),
        (f"postgresql://funnel_reader:{SECRET.replace('@', ' ')}@/x?host=SOCKET", ""),
        (f"postgresql://u@/x?{SECRET}", ""),
    ],
)
def test_a_database_that_cannot_be_reached_is_named_without_its_address(
    bank: Bank, monkeypatch: pytest.MonkeyPatch, uri: str, said: str
) -> None:
    monkeypatch.setenv(URI, uri.replace("SOCKET", str(bank.socket)))
    reason = refused(bank)
    assert said in reason
    assert URI in reason
    written = everything_written(bank.workspace.home).decode(errors="ignore")
    for part in ("s3cret", "part:of", "of#it"):
        assert part not in reason
        assert part not in written


def test_a_database_that_is_not_there_is_said_so(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(URI, uri_of(bank.socket).replace("/postgres", "/elsewhere"))
    assert "without that user or database" in refused(bank)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select * from no_such_table", 'relation "no_such_table" does not exist'),
        ("select * from pg_authid", "permission denied for table pg_authid"),
        ("selekt 1", "syntax error"),
        ("delete from events returning *", "syntax error"),
        ("select * from events -- all of them\n;", None),
        ("select event_id from events", "without its watermark column updated_at (it gives event_"),
        ("select event_id, updated_at from events", "without occurred_at, customer_id, event_type"),
        ("select event_id, 'x' as updated_at from events", "updated_at of type string"),
        ("select *, 1::money as source_code from events", "source_code of type money"),
        ("select *, array[1] as source_code from events", "source_code of type _int4"),
        ("select *, interval '1 day' as source_code from events", "write it as source_code::text"),
        ("select *, amount / 0 as source_code from events", "(division by zero)"),
        ("select *, customer_id::int as source_code from events", "may quote a row"),
        ("select *, count_up() as source_code from events", "read-only transaction"),
    ],
)
def test_a_query_that_cannot_be_used_is_named_without_the_values_of_a_row(
    bank: Bank, query: str, said: str | None
) -> None:
    bank.sql(
        "create or replace function count_up() returns text language sql as"
        " 'insert into events (event_id) values (''x'') returning event_id'",
        "grant insert on events to public",
    )
    bank.insert(range(1, 4), MORNING)
    bank.source["query"] = query
    if said is None:
        assert read(bank) == [("landed", 3)]
    else:
        reason = refused(bank)
        assert said in reason
        assert "CUST1" not in reason


def test_rows_without_a_watermark_stop_the_source_until_they_have_one(bank: Bank) -> None:
    bank.insert(range(1, 4), MORNING)
    bank.sql("update events set updated_at = null where event_id in ('e1', 'e2')")
    assert refused(bank).startswith("2 rows without updated_at, which no read would meet")
    assert bank.ledger() == []
    bank.source["query"] = bank.source["query"].replace(
        "updated_at", "coalesce(updated_at, occurred_at) as updated_at"
    )
    assert read(bank) == [("landed", 3)]


def test_a_watermark_of_infinity_is_still_to_come(bank: Bank) -> None:
    bank.insert(range(1, 3), MORNING)
    bank.insert(range(3, 4), "infinity")
    assert read(bank) == [("landed", 2)]


def test_a_time_of_no_year_is_refused(bank: Bank) -> None:
    bank.insert(range(1, 3), MORNING, occurred_at="'infinity'")
    assert "a value that cannot be read" in refused(bank)


@pytest.mark.parametrize(
    "other", ["extract(epoch from updated_at)::bigint as updated_at", "updated_at as changed_at"]
)
def test_another_watermark_than_before_is_refused(bank: Bank, other: str) -> None:
    bank.insert(range(1, 3), MORNING)
    bank.read()
    bank.source["query"] = bank.source["query"].replace("updated_at", other)
    if "changed_at" in other:
        bank.source["watermark"] = "changed_at"
    assert "where the last read ended at updated_at 2026-11-03T05:00:00+08:00" in refused(bank)


def test_a_statement_that_takes_too_long_is_ended(bank: Bank) -> None:
    bank.insert(range(1, 3), MORNING)
    bank.source |= {"timeout_seconds": 1}
    bank.source["query"] = "select events.* from events, pg_sleep(30)"
    assert "statement timeout" in refused(bank)


def test_one_source_in_trouble_stops_no_other(bank: Bank) -> None:
    bank.insert(range(1, 3), MORNING)
    settings = bank.settings
    other = settings.sources["core_events"].model_copy(update={"query": "select 1"})
    both = {"broken": other} | settings.sources
    from pipeline import ingest

    reports = ingest.run(settings.model_copy(update={"sources": both})).files
    assert [report.outcome for report in reports] == ["refused", "landed"]


@pytest.mark.parametrize("address", ["", "host=db password=s3cret", "mysql://u:s3cret@db/x"])
def test_an_address_that_is_none_is_refused_before_anything_is_read(
    bank: Bank, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv(URI, address)
    with pytest.raises(ConfigurationError, match=f"{URI} 里没有数据库地址") as error:
        bank.read()
    assert "s3cret" not in str(error.value)


def test_an_address_in_a_file_is_read_beside_the_settings(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = bank.workspace.home
    bank.insert(range(1, 3), MORNING)
    (home / "core.uri").write_text(uri_of(bank.socket) + "\n")
    (home / "funnel.toml").write_text(
        'token_key = "a key only for the tests of ingest"\n[sources.core_events]\n'
        'dataset = "bank_events"\nuri_file = "core.uri"\nquery = "select * from events"\n'
        'watermark = "updated_at"\n'
    )
    for name in ("core.uri", "funnel.toml"):
        (home / name).chmod(0o600)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "ingest", "--home", home, "--source", "core_events"],
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "收件 1 份：入库 1，已收过 0，待处理 0",
        "行数 交付 2 = 入库 2 + 重复 0 + 拒收 0",
    ]
    (home / "core.uri").write_text(uri_of(bank.socket, "wrong"))
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "ingest", "--home", home, "--source", "core_events"],
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 2, "a named source that waits is an error"
    assert "未入库 database/core_events：数据库不接受这个用户或密码" in done.stdout
    assert PASSWORD.encode() not in everything_written(home / "runs")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('uri = "postgresql://u:s3cret@db/x"', "uri: Extra inputs are not permitted"),
        ('uri_env = "X"\nuri_file = "y"', "give one of uri_env and uri_file"),
        ("lookback = 5", "give one of uri_env and uri_file"),
    ],
)
def test_a_source_declared_wrongly_is_refused(bank: Bank, line: str, said: str) -> None:
    file = bank.workspace.home / "funnel.toml"
    file.write_text(
        '[sources.core]\ndataset = "bank_events"\nquery = "select 1"\nwatermark = "w"\n' + line
    )
    with pytest.raises(ConfigurationError) as error:
        configuration.load(file)
    assert said in str(error.value)
    assert "s3cret" not in str(error.value)


def test_without_the_extra_the_message_says_how_to_install_it(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql", None)
    with pytest.raises(ConfigurationError, match=r"读数据库需要扩展 postgres(.|\n)*pip install"):
        bank.read()
