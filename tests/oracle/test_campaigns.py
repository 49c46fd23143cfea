"""Costs and campaigns against plain loops: on the sample, and on small random data."""

import datetime as dt
import random
import uuid
from collections import defaultdict
from decimal import Decimal

import duckdb
import pytest

from tests.oracle.lake import DAY
from tests.oracle.places import NOBODY, monday, month, next_month

RATES = {
    "return_per_10k_aum_month": 5,
    "return_per_10k_subscribed": 40,
    "return_per_application": 30,
}
START, AS_OF = dt.date(2026, 8, 1), dt.date(2026, 11, 16)


def cents(value):
    """Give a value of money that rounding each part of it may have moved by a cent or two."""
    return pytest.approx(Decimal(value), abs=Decimal("0.011"))


def test_the_costs_of_the_sample(lake, persons, published):
    spend, arrived, won, aum = (defaultdict(lambda: defaultdict(set)) for _ in range(4))
    places = persons.places
    for row in lake.exported("bank_spend", "spend_id"):
        first = month(row["spent_on"])
        for path in places.levels_of_month(row["account_id"], first):
            spend[first, path]["rows"].add((row["spend_id"], row["amount_yuan"]))
    for event, account, _ in persons.arrivals:
        first = month(event["day"])
        for path in places.levels_of_month(account, first) if account != NOBODY else ():
            arrived[first, path]["who"].add(event["customer_token"])
    averages = persons.month_aum()
    for token, event in persons.became.items():
        first, account = month(event["day"]), persons.credited(event)
        for path in places.levels_of_month(account, first) if account != NOBODY else ():
            won[first, path]["who"].add(token)
            aum[first, path]["rows"].add((token, averages[token].get(next_month(first), 0)))
    shown = 0
    known = {first for months in averages.values() for first in months}
    for row in published("acquisition_costs"):
        cell = row["month"], row["path"]
        paid = sum(amount for _, amount in spend[cell]["rows"])
        assert (row["spend_yuan"] or 0) == paid
        assert row["arrivals"] in (None, len(arrived[cell]["who"]))
        assert row["new_customers"] in (None, len(won[cell]["who"]))
        assert not {row["arrivals"], row["new_customers"]} & set(range(1, 10))
        if row["new_customers"] is None:
            assert row["cac_yuan"] is row["aum_yuan"] is row["yuan_per_10k_aum"] is None
        elif row["aum_yuan"] is not None:
            assert next_month(row["month"]) in known
            held = sum(yuan for _, yuan in aum[cell]["rows"])
            assert row["aum_yuan"] == held
            if paid and held:
                assert row["yuan_per_10k_aum"] == cents(paid * 10000 / held)
                assert row["cac_yuan"] == cents(paid / row["new_customers"])
                shown += 1
    assert shown > 5


def drawn(given, chance):
    """Draw a bank of few customers, codes and campaigns; give it as plain rows."""
    people = [uuid.UUID(int=number + 1) for number in range(6)]
    codes = ["s1", "s2", "s3"]

    def day(first=START, days=110):
        return first + chance.randrange(days) * DAY

    campaigns = [
        (name, code, day(days=40), chance.choice([None, day(days=80)]))
        for name in ("a", "b")
        for code in codes
        if chance.random() < 0.8
    ]
    spend = [(f"p{n}", chance.choice("ab"), day(), chance.randrange(1, 900)) for n in range(12)]
    arrivals = [(who, code, day()) for who in people for code in codes if chance.random() < 0.7]
    kinds = ["new_customer", "card_application", "wealth_subscription"]
    conversions = []
    for number in range(30):
        touched = day()
        conversions.append(
            (
                f"e{number}",
                chance.choice(kinds),
                chance.choice(people),
                chance.choice(codes),
                touched,
                touched + chance.randrange(30) * DAY,
                chance.randrange(1, 90_000),
            )
        )
    aum = [
        (who, dt.date(2026, number, 1), Decimal(chance.randrange(0, 5_000_000)) / 100)
        for who in people
        for number in range(7, 11)
        if chance.random() < 0.8
    ]
    given["staging.bank_campaigns"] = table(
        "campaign_id | source_code | starts_on | ends_on", campaigns
    )
    given["staging.bank_spend"] = table("spend_id | campaign_id | spent_on | amount_yuan", spend)
    given["core.arrivals"] = table("customer_token | source_code | day", arrivals)
    given["core.attribution_credits"] = table(
        "event_id | kind | customer_token | source_code | touched_on | day | last_touch",
        [(*row[:6], 1) for row in conversions],
    )
    given["core.attributed_events"] = table(
        "event_id | amount | currency", [(row[0], row[6], "CNY") for row in conversions]
    )
    given["core.month_aum"] = table("customer_token | month | aum", aum)
    return campaigns, spend, arrivals, conversions, {(who, first): yuan for who, first, yuan in aum}


def table(head, rows):
    cells = [" | ".join("" if cell is None else str(cell) for cell in row) for row in rows]
    return "\n".join([head, *cells])


def belongs(campaigns, name, code, on):
    return any(
        (name, code) == row[:2] and row[2] <= on and (row[3] is None or on <= row[3])
        for row in campaigns
    )


def expected(bank, name, horizon):
    """Give what a campaign had brought at a horizon, or why it is not known."""
    campaigns, spend, arrivals, conversions, aum = bank
    end = min(row[2] for row in campaigns if row[0] == name) + horizon * DAY
    if end > AS_OF:
        return {"why_not": "immature", "cac_yuan": None}
    paid = [row[3] for row in spend if row[1] == name and row[2] < end]
    arrived = {who for who, code, on in arrivals if on < end and belongs(campaigns, name, code, on)}
    own = [r for r in conversions if belongs(campaigns, name, r[3], r[4]) and r[5] < end]
    became = {}
    for _, kind, who, _, _, on, _ in own:
        if kind == "new_customer":
            became[who] = min(on, became.get(who, on))
    orders = [(row[2], row[6]) for row in own if row[1] == "wealth_subscription"]
    applications = [row[2] for row in own if row[1] == "card_application"]
    last = month(end - DAY)
    found = {
        "spend_yuan": sum(paid) if paid else None,
        "arrivals": len(arrived),
        "new_customers": len(became),
        "subscribers": len({who for who, _ in orders}),
        "subscribed_yuan": sum(yuan for _, yuan in orders),
        "applicants": len(set(applications)),
    }
    if last < dt.date(2026, 11, 1):
        worth = defaultdict(Decimal)
        for who, since in became.items():
            for on in (since + n * DAY for n in range((end - since).days)):
                days = (next_month(month(on)) - month(on)).days
                worth[who] += aum.get((who, month(on)), Decimal(0)) / days * 5 / 10000
        for who, yuan in orders:
            worth[who] += Decimal(yuan) * 40 / 10000
        for who in applications:
            worth[who] += 30
        found["aum_yuan"] = sum(aum.get((who, last), Decimal(0)) for who in became)
        found["return_yuan"] = cents(sum(worth.values()))
        found["contributors"] = sum(value > 0.0001 for value in worth.values())
    else:
        found["return_yuan"] = found["aum_yuan"] = None
    if not paid:
        found["why_not"] = "no_spend"
    elif last >= dt.date(2026, 11, 1):
        found["why_not"] = "no_balances"
    else:
        found["why_not"] = None
    return found


@pytest.mark.parametrize("seed", range(8))
def test_any_campaigns(given, seed):
    given.as_of(str(AS_OF))
    given.parameters(**RATES)
    bank = drawn(given, random.Random(seed))
    given.build(
        "core.balanced_months",
        "core.campaign_horizons",
        "core.campaign_conversions",
        "core.campaign_persons",
        "published.campaign_returns",
    )
    found = given.connection.execute("from published.campaign_returns")
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
    assert len(rows) == 3 * len({row[0] for row in bank[0]})
    for row in rows:
        want = expected(bank, row["campaign_id"], row["horizon_days"])
        assert {name: row[name] for name in want} == want
        if row["roi"] is not None:
            roi = (row["return_yuan"] - row["spend_yuan"]) / row["spend_yuan"]
            assert row["roi"] == pytest.approx(float(roi))


def test_the_weeks_of_the_sample_s_channels(sample_run, lake, persons):
    register = {row["account_id"]: row["platform"] for row in lake.rows("bank_accounts")}
    want = defaultdict(lambda: [Decimal(0), 0])
    for row in lake.exported("bank_spend", "spend_id"):
        if row["purpose"] != "giveaway":
            want[register[row["account_id"]], monday(row["spent_on"])][0] += row["amount_yuan"]
    paid = {channel for channel, _ in want}
    for event in persons.became.values():
        channel = register.get(persons.credited(event))
        if channel in paid and event["day"] >= min(week for _, week in want):
            want[channel, monday(event["day"])][1] += 1
    with duckdb.connect(str(sample_run.analysis_database), read_only=True) as connection:
        rows = connection.execute(
            "select channel, week_starts, spend_yuan, customers from core.channel_weeks"
        ).fetchall()
    assert len(rows) == 12 * 13
    assert {(channel, week): [*counts] for channel, week, *counts in rows} == want


def test_the_sample_s_model_says_where_it_is_one(published):
    rows = {row["channel"]: row for row in published("channel_mix")}
    together = rows.pop(None)
    fitted = [row for row in rows.values() if row["why_not"] is None]
    assert len(fitted) > 5
    assert together["spend_yuan"] == pytest.approx(sum(r["spend_yuan"] for r in fitted), abs=0.1)
    assert together["gain"] == pytest.approx(sum(r["gain"] for r in fitted))
    for row in fitted:
        assert row["suggested_yuan_low"] <= row["suggested_yuan"] <= row["suggested_yuan_high"]
    points = published("channel_curves")
    assert {row["channel"] for row in points} == {row["channel"] for row in fitted}
