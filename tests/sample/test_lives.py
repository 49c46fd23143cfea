from pathlib import Path

import pandas as pd
import pytest

WEEK = pd.Timedelta(days=7)
START = pd.Timestamp("2026-08-17", tz="Asia/Shanghai")


def first(events: pd.DataFrame, event_type: str) -> pd.Series:
    chosen = events[(events["event_type"] == event_type) & events["customer_id"].notna()]
    return chosen.groupby("customer_id")["at"].min()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("arrival", "registered"),
        ("registered", "account_opened"),
        ("account_opened", "card_bound"),
        ("card_application", "card_approved"),
        ("card_approved", "card_first_use"),
        ("branch_booking", "branch_signing"),
        ("risk_assessment", "wealth_subscription"),
    ],
)
def test_nobody_takes_a_step_before_the_one_it_follows(
    events: pd.DataFrame, before: str, after: str
) -> None:
    later = first(events, after)
    earlier = first(events, before).reindex(later.index)
    assert len(later) > 20
    assert (earlier <= later).all()


def test_new_customers_log_in_only_once_registered(events: pd.DataFrame) -> None:
    registered = first(events, "registered")
    logins = first(events, "login").reindex(registered.index).dropna()
    assert (logins > registered.reindex(logins.index)).all()
    assert 0.7 < len(logins) / len(registered) < 0.9


def test_a_coded_arrival_follows_a_click_with_the_same_code(events: pd.DataFrame) -> None:
    coded = events[(events["event_type"] == "arrival") & events["source_code"].notna()]
    clicks = events[events["event_type"] == "click"]
    pairs = pd.merge_asof(
        coded, clicks[["at", "source_code"]].assign(click_at=clicks["at"]),
        on="at", by="source_code", tolerance=pd.Timedelta(minutes=15),
    )  # fmt: skip
    assert pairs["click_at"].notna().all()


def test_about_three_quarters_of_arrivals_carry_a_code(events: pd.DataFrame) -> None:
    arrivals = events[(events["event_type"] == "arrival") & (events["at"] >= START)]
    assert 0.70 < arrivals["source_code"].notna().mean() < 0.82


def test_every_subscription_is_decided_within_a_week_and_delivered_again(
    inbox: Path, events: pd.DataFrame
) -> None:
    orders = events[events["event_type"] == "wealth_subscription"].set_index("event_id")
    again = pd.concat(
        [pd.read_csv(path) for path in inbox.glob("bank/*/events-status.csv")]
    ).set_index("event_id")
    assert len(again) > 5 and again.index.is_unique
    assert (orders.loc[again.index, "cooling_off"] == "pending").all()
    assert set(again["cooling_off"]) <= {"confirmed", "withdrawn"}
    waiting = orders[orders["cooling_off"] == "pending"].drop(again.index)
    assert (waiting["at"] > pd.Timestamp("2026-11-16", tz="Asia/Shanghai") - WEEK).all()


def test_balances_are_the_transactions_so_far(events: pd.DataFrame, balances: pd.DataFrame) -> None:
    opened = first(events, "account_opened")
    moved = events[events["event_type"] == "transaction"]
    once = moved.groupby("customer_id").filter(lambda rows: len(rows) == 1)
    once = once[once["customer_id"].isin(opened.index)].set_index("customer_id")
    sunday = balances[(balances["basis"] == "1")].query("balance_on == @last", local_dict={
        "last": balances["balance_on"].max()
    })  # fmt: skip
    held = sunday.set_index("customer_id")["aum"].reindex(once.index)
    assert len(once) > 300
    assert (held == once["amount"]).all()


def test_balances_are_never_negative_and_have_one_row_each(balances: pd.DataFrame) -> None:
    assert not balances.duplicated(["customer_id", "balance_on", "basis"]).any()
    parts = ["deposits", "funds", "wealth", "insurance", "securities"]
    amounts = balances[parts].astype(float)
    assert (amounts >= 0).all(axis=None)
    assert ((amounts.sum(axis=1) - balances["aum"]).abs() < 0.005).all()


def test_consent_is_given_before_the_first_event(inbox: Path, events: pd.DataFrame) -> None:
    consents = pd.read_csv(inbox / "bank" / "2026-11-16" / "consents.csv")
    grants = consents[consents["action"] == "grant"].set_index("customer_id")
    at = pd.to_datetime(grants["occurred_at"], utc=True, format="%Y-%m-%dT%H:%M:%S%z")
    seen = events.dropna(subset="customer_id").groupby("customer_id")["at"].min()
    assert (at < seen.reindex(at.index).fillna(pd.Timestamp.max.tz_localize("UTC"))).all()
    persons = events["customer_id"].nunique()
    assert 0.91 < grants["separate"].sum() / persons < 0.95
    took_back = consents[consents["action"] == "withdraw"]["purpose"].value_counts()
    assert took_back["channel_analytics"] > 50
    assert 40 < took_back["personalisation"] < 100, "a few refuse to be addressed"
    assert (grants["valid_until"] < "2026-11-16").sum() > 20
    assert (~grants["separate"]).sum() > 100
