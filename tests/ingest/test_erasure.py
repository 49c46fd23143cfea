"""Who is erased from lake and quarantine, what of them stays out, and what may come again."""

import datetime as dt
import json
import sys
from uuid import UUID

import pytest

from pipeline import ingest, nightly
from pipeline.errors import InputError
from pipeline.ingest import erasure
from pipeline.privacy.tokens import Tokens
from pipeline.settings import Settings
from tests.ingest.conftest import KEY, Workspace
from tests.ingest.containers import cells, csv_text

running = sys.modules["pipeline.ingest.run"]  # the name in the package is the function
ANNA, BEN, CARA = "C00000001", "C00000002", "C00000003"
EVENTS = cells("event_id | occurred_at | customer_id | event_type | amount")
CONSENTS = cells("customer_id | purpose | action | separate | notice_version | occurred_at")
PURPOSE = "channel_analytics"
ERASED_ON = dt.date(2026, 11, 10)


def token(customer_id: str) -> bytes:
    return Tokens(KEY.encode()).token(customer_id)


def event(number: int, person: str, day: str, amount: str = "") -> list[str]:
    return [f"e{number}", f"{day}T10:00:00+08:00", person, "login", amount]


def consent(person: str, action: str, day: str, purpose: str = PURPOSE) -> list[str]:
    return [person, purpose, action, "true", "1", f"{day}T10:00:00+08:00"]


def on(workspace: Workspace, day: dt.date = ERASED_ON, **more: object) -> Settings:
    return workspace.settings.model_copy(update={"as_of": day, **more})


def erase(workspace: Workspace, *people: str) -> None:
    settings = on(workspace)
    erasure.place(settings, "token", [token(person) for person in people])
    finish(settings)


def finish(settings: Settings) -> list[erasure.Order]:
    done = erasure.apply(settings, dict, [])
    for order in done:
        erasure.close(settings, order)
    return done


def people(workspace: Workspace, dataset: str = "bank_events") -> list[str]:
    names = {UUID(bytes=token(name)): name for name in (ANNA, BEN, CARA)}
    found = workspace.rows(dataset, "customer_token, source_line", order="all")
    return sorted(names[person] for person, _ in found)


def ledger(workspace: Workspace, dataset: str = "bank_events") -> list[tuple[int, ...]]:
    names = "dataset, source_file, delivered, landed, repeated, refused, erased"
    rows = workspace.rows("deliveries", names, order="all")
    return [row[2:] for row in rows if row[0] == dataset]


BOTH = [EVENTS, event(1, ANNA, "2026-11-02"), event(2, BEN, "2026-11-02")]


def test_an_erased_person_leaves_every_partition_and_the_others_stay(workspace: Workspace) -> None:
    rows = [event(3, ANNA, "2026-11-03"), event(4, BEN, "2026-11-04")]
    workspace.land("bank/e.csv", csv_text([*BOTH, *rows]))
    erase(workspace, ANNA)
    assert people(workspace) == [BEN, BEN]
    assert ledger(workspace) == [(4, 4, 0, 0, 2)]
    days = {file.parent.name for file in (workspace.home / "lake/bank_events").glob("*/*.parquet")}
    assert days == {"day=2026-11-02", "day=2026-11-04"}, "a file that would hold nobody is gone"


def test_the_same_file_again_brings_nobody_back(workspace: Workspace) -> None:
    workspace.land("bank/e.csv", csv_text(BOTH))
    erase(workspace, ANNA)
    again = csv_text([*BOTH, event(9, CARA, "2026-11-05")])  # other bytes: another delivery
    report = workspace.land("bank/again.csv", again)
    assert report.outcome == "landed"
    assert report.warnings == ["rows of erased persons were left out: 1"]
    assert people(workspace) == [BEN, BEN, CARA]
    assert ledger(workspace) == [(3, 3, 0, 0, 1), (2, 2, 0, 0, 1)]


def test_a_large_file_brings_nobody_back_either(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase(workspace, ANNA)
    read = []
    real = running.read_at_volume
    monkeypatch.setattr(running, "read_at_volume", lambda *a: read.append(a) or real(*a))
    bad = event(3, ANNA, "2026-11-03", amount="x1.2k")
    workspace.deliver("bank/e.csv", csv_text([*BOTH, bad]))
    report = ingest.run(on(workspace, stream_from_bytes=0))
    assert len(read) == 1
    assert people(workspace) == [BEN]
    assert ledger(workspace) == [(3, 2, 0, 1, 1)]
    assert workspace.bytes_of("quarantine") == {}
    assert report.files[0].warnings == ["rows of erased persons were left out: 1"]


def test_a_grant_of_a_later_day_lets_in_what_comes_after_the_erasure_alone(
    workspace: Workspace,
) -> None:
    erase(workspace, ANNA)
    grants = [consent(ANNA, "grant", "2026-11-01"), consent(ANNA, "grant", "2026-11-12")]
    workspace.land("bank/a-consents.csv", csv_text([CONSENTS, *grants]))
    rows = [
        event(1, ANNA, "2026-11-09"),
        event(2, ANNA, "2026-11-10"),
        event(3, ANNA, "2026-11-11"),
    ]
    workspace.land("bank/b-events.csv", csv_text([EVENTS, *rows]))
    assert [str(day) for (day,) in workspace.rows("bank_consents", "occurred_at::date")] == [
        "2026-11-12"
    ]
    assert workspace.rows("bank_events", "event_id") == [("e3",)]


def test_a_grant_of_a_purpose_that_is_not_used_here_lets_nothing_in(workspace: Workspace) -> None:
    erase(workspace, ANNA)
    other = consent(ANNA, "grant", "2026-11-12", purpose="marketing")
    workspace.land("bank/a.csv", csv_text([CONSENTS, other]))
    workspace.land("bank/b.csv", csv_text([EVENTS, event(3, ANNA, "2026-11-13")]))
    assert people(workspace) == people(workspace, "bank_consents") == []


def test_what_was_refused_before_comes_with_the_new_grant_for_it_protects(
    workspace: Workspace,
) -> None:
    erase(workspace, ANNA)
    refused = consent(ANNA, "withdraw", "2026-11-02", purpose="personalisation")
    said = [refused, consent(ANNA, "grant", "2026-11-03"), consent(ANNA, "grant", "2026-11-12")]
    workspace.land("bank/a.csv", csv_text([CONSENTS, *said]))
    rows = workspace.rows("bank_consents", "purpose, action, occurred_at::date::text")
    assert rows == [
        ("personalisation", "withdraw", "2026-11-02"),
        (PURPOSE, "grant", "2026-11-12"),
    ]


@pytest.mark.parametrize("day", ["2026-11-09", "2026-11-10"])
def test_a_grant_up_to_the_day_of_the_erasure_lets_nothing_in(
    workspace: Workspace, day: str
) -> None:
    erase(workspace, ANNA)
    workspace.land("bank/a.csv", csv_text([CONSENTS, consent(ANNA, "grant", day)]))
    workspace.land("bank/b.csv", csv_text([EVENTS, event(3, ANNA, "2026-11-11")]))
    assert people(workspace) == people(workspace, "bank_consents") == []


def test_without_a_grant_even_later_rows_stay_out(workspace: Workspace) -> None:
    erase(workspace, ANNA)
    took_back = consent(ANNA, "withdraw", "2026-11-12")
    workspace.land("bank/a.csv", csv_text([CONSENTS, took_back]))
    workspace.land("bank/b.csv", csv_text([EVENTS, event(3, ANNA, "2026-11-13")]))
    assert people(workspace) == people(workspace, "bank_consents") == []


def test_what_was_refused_of_a_person_goes_and_is_not_kept_again(workspace: Workspace) -> None:
    bad = [event(5, ANNA, "2026-11-03", "x1.2k"), event(6, BEN, "2026-11-03", "y1.2k")]
    fine = [event(n, CARA, "2026-11-04") for n in range(10, 20)]
    contradicting = event(10, ANNA, "2026-11-05")
    workspace.land("bank/e.csv", csv_text([*BOTH, *bad, *fine, contradicting]))
    (kept,) = workspace.bytes_of("quarantine").values()
    assert b"x1.2k" in kept and kept.count(str(UUID(bytes=token(ANNA))).encode()) == 2
    erase(workspace, ANNA)
    (kept,) = workspace.bytes_of("quarantine").values()
    assert [json.loads(line)["value"] for line in kept.splitlines()] == ["y1.2k"]
    workspace.run(replay=True)
    assert list(workspace.bytes_of("quarantine").values()) == [kept]
    assert ANNA not in people(workspace)


def test_who_took_back_every_consent_the_pipeline_uses_is_withdrawn(workspace: Workspace) -> None:
    said = [
        consent(ANNA, "grant", "2026-11-01"),
        consent(ANNA, "withdraw", "2026-11-02"),
        consent(BEN, "withdraw", "2026-11-01"),
        consent(BEN, "grant", "2026-11-02"),
        consent(CARA, "grant", "2026-11-01"),
        consent(CARA, "withdraw", "2026-11-02", purpose="marketing"),
    ]
    workspace.land("bank/c.csv", csv_text([CONSENTS, *said]))
    assert erasure.withdrawn(on(workspace)) == [token(ANNA)]
    both = workspace.settings.parameters.model_copy(update={"merchant_purpose": "marketing"})
    found = erasure.withdrawn(on(workspace, parameters=both))
    assert found == [token(ANNA)], "who granted one of the purposes is not"


def test_at_the_same_instant_a_withdrawal_counts(workspace: Workspace) -> None:
    said = [consent(ANNA, action, "2026-11-01") for action in ("withdraw", "grant")]
    workspace.land("bank/c.csv", csv_text([CONSENTS, *said]))
    assert erasure.withdrawn(on(workspace)) == [token(ANNA)]


def test_a_night_lets_go_of_who_withdrew_as_many_days_ago_as_the_settings_say(
    workspace: Workspace,
) -> None:
    """By the last withdrawal: one purpose less long ago is not all of them."""
    said = [
        consent(ANNA, "withdraw", "2026-11-02"),
        consent(BEN, "withdraw", "2026-11-04"),
        consent(CARA, "withdraw", "2026-11-01"),
        consent(CARA, "withdraw", "2026-11-05", purpose="marketing"),
    ]
    workspace.land("bank/c.csv", csv_text([CONSENTS, *said]))
    both = workspace.settings.parameters.model_copy(update={"merchant_purpose": "marketing"})
    known = on(workspace, dt.date(2026, 11, 16), parameters=both)
    nightly.let_go(known)
    assert not erasure.is_open(known), "nobody, unless the bank says when a withdrawal is final"
    for days, gone in ((15, set()), (14, {ANNA}), (12, {ANNA, BEN}), (0, {ANNA, BEN, CARA})):
        until = known.as_of - dt.timedelta(days=days)
        assert set(erasure.withdrawn(known, until)) == {token(each) for each in gone}
    nightly.let_go(known.model_copy(update={"erase_withdrawn_after_days": 15}))
    assert not erasure.is_open(known)
    nightly.let_go(known.model_copy(update={"erase_withdrawn_after_days": 14}))
    assert erasure.is_open(known)
    finish(known)
    assert people(workspace, "bank_consents") == [BEN, CARA, CARA]


def kept_for(workspace: Workspace, days: int, **columns: str) -> Settings:
    """Give settings whose catalogue keeps datasets so long: a row goes with its first column."""
    file = workspace.home / "catalogue.toml"
    file.write_text(
        "".join(
            f'[[columns]]\ndataset = "{dataset}"\nnames = ["{column}"]\nc_level = "C2"\n'
            f'data_level = 3\npurposes = []\nretention_days = {days}\nowner = "test"\n'
            for dataset, column in columns.items()
        )
    )
    return on(workspace, catalogue=file)


def test_rows_past_their_time_go_to_the_day(workspace: Workspace) -> None:
    days = ["2026-10-31", "2026-11-01", "2026-11-02"]
    rows = [event(n, ANNA, day) for n, day in enumerate(days)]
    workspace.land("bank/e.csv", csv_text([EVENTS, *rows]))
    balances = [[day, ANNA, "2", "1.00"] for day in days]
    header = cells("balance_on | customer_id | basis | aum")
    workspace.land("bank/b.csv", csv_text([header, *balances]))
    settings = kept_for(workspace, 9, bank_events="amount", bank_balances="aum")
    before = erasure.expiring(settings)
    assert before == dict.fromkeys(("bank_balances", "bank_events"), dt.date(2026, 11, 1))
    erasure.place(settings, "expired", before=before)
    finish(settings)
    assert workspace.rows("bank_events", "event_id") == [("e1",), ("e2",)]
    assert [str(day) for (day,) in workspace.rows("bank_balances", "balance_on")] == days[1:]
    assert ledger(workspace) == ledger(workspace, "bank_balances") == [(3, 3, 0, 0, 1)]
    assert erasure.expiring(settings) == {}


def test_three_years_are_kept_unless_the_bank_says_otherwise(workspace: Workspace) -> None:
    rows = [event(1, ANNA, "2023-11-10"), event(2, ANNA, "2023-11-11")]
    workspace.land("bank/e.csv", csv_text([EVENTS, *rows]))
    workspace.land("bank/c.csv", csv_text([CONSENTS, consent(ANNA, "grant", "2019-01-01")]))
    assert erasure.expiring(on(workspace)) == {"bank_events": dt.date(2023, 11, 11)}


def test_what_is_kept_of_an_erased_person_is_a_mark_that_takes_the_key(
    workspace: Workspace,
) -> None:
    workspace.land("bank/e.csv", csv_text(BOTH))
    erase(workspace, ANNA)
    (register,) = workspace.bytes_of("erasures").values()
    assert json.loads(register) == {
        "mark": Tokens(KEY.encode()).erasure_mark(token(ANNA)),
        "erased_on": "2026-11-10",
    }
    other = Tokens(b"another key of some length").erasure_mark(token(ANNA))
    assert other.encode() not in register


def test_a_token_that_is_none_is_refused_and_not_repeated() -> None:
    with pytest.raises(InputError) as refused:
        erasure.tokens_of(["C00000001"])
    assert "C00000001" not in str(refused.value)


def test_an_order_of_a_killed_run_is_done_with_the_next_one(workspace: Workspace) -> None:
    workspace.land("bank/e.csv", csv_text(BOTH))
    settings = on(workspace)
    first = erasure.place(settings, "token", [token(ANNA)])
    workspace.land("bank/late.csv", csv_text([EVENTS, event(7, ANNA, "2026-11-06")]))
    second = erasure.place(settings, "token", [token(BEN)])
    assert people(workspace) == [ANNA, BEN], "an order keeps people out before it is done"
    assert [order.number for order in finish(settings)] == [first.number, second.number]
    assert people(workspace) == []
    assert finish(settings) == []
