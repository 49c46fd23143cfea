"""A query's rows land once, as a bank file's would, from where the last read ended."""

import datetime as dt
from datetime import timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from pipeline import warehouse
from pipeline.errors import ConfigurationError, InputError
from pipeline.ingest import FileReport
from pipeline.privacy.tokens import Tokens
from tests.ingest.conftest import KEY
from tests.ingest.containers import csv_text
from tests.ingest.database.conftest import Bank, everything_written

MORNING = "2026-11-03 05:00+08"
NOON = "2026-11-03 12:00+08"


def outcomes(reports: list[FileReport]) -> list[Any]:
    return [(r.outcome, r.datasets[0].landed if r.datasets else 0) for r in reports]


def read(bank: Bank) -> list[Any]:
    return outcomes(list(bank.read().files))


def test_the_first_read_lands_every_row_with_its_types(bank: Bank) -> None:
    bank.insert(range(1, 3), MORNING)
    bank.sql("update events set customer_id = null, amount = null where event_id = 'e2'")
    report = bank.read().files[0]
    columns = "event_id, occurred_at, customer_token, event_type, amount, source_code"
    token = Tokens(KEY.encode()).token
    (first, second) = bank.rows(columns)
    assert first[:2] == ("e1", dt.datetime(2026, 11, 2, 0, 1))
    assert first[2].bytes == token("CUST10000001")
    assert first[3:] == ("login", Decimal("1.50"), None)
    assert (second[2], second[4]) == (None, None)
    assert report.file == (
        "database/core_events/2026-11-03T05:00:00+08:00..2026-11-03T05:00:00+08:00"
    )
    assert bank.rows("distinct source_file, source_sheet, delivery_id", "all") == [
        (report.file, None, report.delivery_id)
    ]
    assert bank.rows("source_line") == [(1,), (2,)]
    assert report.warnings == []
    assert bank.ledger() == [(2, 2, 0, 0)]


def test_the_next_read_takes_what_is_new_and_a_third_nothing(bank: Bank) -> None:
    bank.insert(range(1, 4), MORNING)
    assert read(bank) == [("landed", 3)]
    bank.insert(range(4, 6), NOON)
    assert read(bank) == [("landed", 2)]
    before = bank.workspace.bytes_of("lake", "quarantine")
    assert read(bank) == [("repeated", 0)]
    assert bank.workspace.bytes_of("lake", "quarantine") == before
    assert [event for (event,) in bank.rows("event_id")] == ["e1", "e2", "e3", "e4", "e5"]


def test_other_types_land_as_a_file_would_write_them(bank: Bank) -> None:
    bank.sql(
        "drop type if exists channel",
        "create type channel as enum ('XHS-1', 'WX-2')",
    )
    bank.source["query"] = (
        "select 7::bigint as event_id, occurred_at,"
        " '0f8fad5b-d9cb-469f-a165-70867728950e'::uuid as customer_id,"
        " 'login'::char(20) as event_type, 'WX-2'::channel as source_code,"
        " 12.5::float8 as amount, updated_at from events"
    )
    bank.insert(range(1, 2), MORNING)
    assert read(bank) == [("landed", 1)]
    token = Tokens(KEY.encode()).token("0f8fad5b-d9cb-469f-a165-70867728950e")
    ((*values, found),) = bank.rows("event_id, event_type, source_code, amount, customer_token")
    assert values == ["7", "login", "WX-2", Decimal("12.50")]
    assert found.bytes == token


def test_a_table_without_rows_gives_no_delivery(bank: Bank) -> None:
    assert read(bank) == [("repeated", 0)]
    assert bank.ledger() == []


def test_a_row_written_again_lands_again_and_its_latest_form_has_the_latest_export(
    bank: Bank,
) -> None:
    bank.insert(range(1, 3), MORNING)
    bank.read()
    bank.sql(f"update events set amount = 9, updated_at = '{NOON}' where event_id = 'e1'")
    assert read(bank) == [("landed", 1)]
    assert bank.rows("event_id, amount") == [
        ("e1", Decimal("1.50")),
        ("e2", Decimal("2.50")),
        ("e1", Decimal("9.00")),
    ]


def test_a_row_that_comes_back_to_what_it_was_is_not_taken_for_a_repeat(bank: Bank) -> None:
    """As with a watermark of days: the row changes twice and the watermark stays."""
    bank.insert(range(1, 3), MORNING)
    for amount in ("1.50", "9", "1.50"):
        bank.sql(f"update events set amount = {amount} where event_id = 'e1'")
        assert read(bank)[0][0] == "landed"
    assert bank.rows("amount", "exported_at desc, source_line")[0] == (Decimal("1.50"),)


def test_rows_of_the_same_watermark_that_came_later_are_not_missed(bank: Bank) -> None:
    bank.source["lookback"] = 0
    bank.insert(range(1, 3), MORNING)
    bank.read()
    bank.insert(range(3, 5), MORNING)
    assert read(bank) == [("landed", 2)]
    assert len(bank.rows("event_id")) == 4


def test_a_transaction_committed_late_is_read_within_the_lookback(bank: Bank) -> None:
    bank.insert(range(1, 3), NOON)
    bank.read()
    bank.insert(range(3, 4), "2026-11-03 11:59:30+08")
    bank.insert(range(4, 5), "2026-11-03 11:58:30+08")
    assert read(bank) == [("landed", 1)]
    assert bank.rows("event_id")[-1] == ("e3",)
    assert read(bank) == [("repeated", 0)]


def test_a_long_read_lands_in_deliveries_of_so_many_rows(bank: Bank) -> None:
    bank.source["rows_per_delivery"] = 4
    bank.insert(range(1, 10), MORNING)
    assert read(bank) == [("landed", 4), ("landed", 4), ("landed", 1)]
    stamps = [stamp for (stamp,) in bank.rows("distinct exported_at", "all")]
    assert stamps[2] - stamps[0] == timedelta(microseconds=2), "later rows count as later"
    assert read(bank) == [("repeated", 0)]
    bank.insert(range(10, 12), MORNING)
    assert read(bank) == [("landed", 2)]


def test_a_row_to_come_is_named_and_read_when_it_has_come(bank: Bank) -> None:
    bank.insert(range(1, 3), MORNING)
    bank.insert(range(3, 4), "2099-01-01 00:00+08")
    (report,) = bank.read().files
    assert "rows whose updated_at is still to come: 1" in report.warnings[0]
    bank.insert(range(4, 5), NOON)
    assert read(bank) == [("landed", 1)]
    bank.sql("update events set updated_at = now() where event_id = 'e3'")
    assert read(bank) == [("landed", 1)]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("timestamp", ["2026-11-01 08:00", "2026-11-02 08:00:00.000001", "2026-11-03"]),
        ("date", ["2026-11-01", "2026-11-02", "2026-11-03"]),
        ("bigint", ["-5", "7", "12345678901"]),
        ("integer", ["1", "2", "3"]),
    ],
)
def test_watermarks_of_every_kind(bank: Bank, kind: str, values: list[str]) -> None:
    bank.source["lookback"] = 0
    bank.sql(f"alter table events drop updated_at, add updated_at {kind}")
    for number, value in enumerate(values, 1):
        bank.insert(range(number, number + 1), value)
        assert read(bank) == [("landed", 1)]
        assert read(bank) == [("repeated", 0)]


def test_a_constant_watermark_reads_a_register_whole_and_lands_what_changed(bank: Bank) -> None:
    bank.source |= {"query": "select *, 0 as read from events", "watermark": "read"}
    bank.source["rows_per_delivery"] = 2
    bank.insert(range(1, 6), MORNING)
    assert sum(landed for _, landed in read(bank)) == 5
    bank.sql("update events set amount = 9 where event_id = 'e4'")
    assert read(bank) == [("landed", 1)]
    assert read(bank) == [("repeated", 0)]


def test_rows_that_do_not_fit_are_refused_and_the_others_land(bank: Bank) -> None:
    bank.insert(range(1, 10), MORNING)
    bank.insert(range(10, 11), MORNING, event_type="'dance'")
    bank.insert(range(11, 12), MORNING, customer_id="'CUST1E9'", amount="-1")
    bank.insert(range(1, 2), MORNING)
    (report,) = bank.read().files
    assert bank.ledger() == [(12, 9, 1, 2)], "delivered = landed + repeated + refused"
    assert "改正库中这一行" in report.refusals[0]
    (kept,) = (bank.workspace.home / "quarantine").glob("*.jsonl")
    assert kept.stem == report.delivery_id
    bank.sql(f"update events set event_type = 'login', updated_at = '{NOON}' where amount = 10.5")
    assert read(bank) == [("landed", 1)]


def test_rows_that_are_mostly_refused_wait_and_the_source_stays_where_it_was(bank: Bank) -> None:
    bank.insert(range(1, 5), MORNING, event_type="'dance'")
    for _ in range(2):
        (report,) = bank.read().files
        assert (report.outcome, report.file) == ("refused", "database/core_events")
        assert bank.workspace.rows("waiting_files", "source_file, kind, delivered", "all") == [
            ("database/core_events", "refused", 4)
        ]
        assert len(list((bank.workspace.home / "quarantine").iterdir())) == 1
    bank.sql("update events set event_type = 'login'")
    assert read(bank) == [("landed", 4)]
    assert bank.workspace.rows("waiting_files", "source_file", "all") == []
    assert list((bank.workspace.home / "quarantine").iterdir()) == []


def test_no_raw_customer_id_is_in_any_byte_that_is_written(bank: Bank) -> None:
    bank.insert(range(1, 30), MORNING)
    bank.insert(range(30, 33), MORNING, event_type="'CUST' || (10000000 + n)")
    bank.insert(range(33, 34), MORNING, event_id="'CUST10000001'")
    report = bank.read()
    assert b"CUST1000" not in everything_written(bank.workspace.home)
    assert "CUST1000" not in repr(report)


def test_a_run_of_everything_reads_the_databases_before_the_inbox(bank: Bank) -> None:
    bank.insert(range(1, 3), MORNING)
    bank.workspace.deliver("bank/accounts.csv", csv_text([["nothing", "known"]]))
    first, second = bank.read(only=()).files
    assert (first.outcome, second.outcome) == ("landed", "unknown")
    bank.source["query"] = "select 1 as updated_at"
    bank.read()
    waiting = bank.workspace.rows("waiting_files", "source_file", "all")
    assert waiting == [("bank/accounts.csv",), ("database/core_events",)]


def test_what_was_read_can_be_read_anew(bank: Bank) -> None:
    bank.source["rows_per_delivery"] = 2
    bank.insert(range(1, 6), MORNING)
    bank.read()
    want = bank.rows("event_id, amount")
    for file in (bank.workspace.home / "lake" / "database_reads").rglob("*.parquet"):
        file.unlink()
    assert sum(landed for _, landed in read(bank)) == 5
    assert bank.rows("event_id, amount") == want, "the same deliveries, landed again"
    assert read(bank) == [("repeated", 0)]


def test_a_build_counts_the_latest_form_of_a_row_and_reconciles(bank: Bank) -> None:
    bank.insert(range(1, 4), MORNING, customer_id="null")
    bank.read()
    bank.sql(f"update events set amount = 9, updated_at = '{NOON}' where event_id = 'e1'")
    bank.read()
    settings = bank.settings
    warehouse.build(settings)
    with duckdb.connect(str(settings.analysis_database)) as connection:
        query = "select event_id, amount from staging.bank_events order by event_id"
        assert connection.execute(query).fetchall() == [
            ("e1", Decimal("9.00")),
            ("e2", Decimal("2.50")),
            ("e3", Decimal("3.50")),
        ]
        query = "select delivered, landed, files from published.data_freshness"
        assert connection.execute(query + " where dataset = 'bank_events'").fetchall() == [
            (4, 4, 2)
        ]


def test_an_unknown_source_is_named_with_those_there_are(bank: Bank) -> None:
    with pytest.raises(InputError, match=r"--source nope.*expected one of: core_events"):
        bank.read(only=("nope",))


def test_a_source_of_no_dataset_of_the_bank_is_refused(bank: Bank) -> None:
    bank.source["dataset"] = "xiaohongshu_notes"
    with pytest.raises(ConfigurationError, match=r"dataset xiaohongshu_notes.*\n.*bank_events"):
        bank.read()
