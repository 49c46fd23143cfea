"""The credits of five rules against plain Python: on the sample, and on small random data."""

import datetime as dt
import random
import uuid
from collections import defaultdict

import duckdb
import pytest

from tests.oracle.credits import RULES, credits
from tests.oracle.lake import DAY
from tests.oracle.persons import is_application, is_confirmed_order
from tests.oracle.places import NOBODY, monday

SUMS = ", ".join(f"sum({rule})" for rule in RULES)
BY_ACCOUNT = f"select event_id, account_id, {SUMS} from core.attribution_credits group by all"


def test_the_credits_of_the_sample(sample_run, persons, published):
    want = of_the_sample(persons)
    with duckdb.connect(str(sample_run.analysis_database), read_only=True) as connection:
        rows = connection.execute(BY_ACCOUNT).fetchall()
        last = connection.execute(
            "select event_id, account_id from core.attributed_events"
        ).fetchall()
    compare(rows, {event["event_id"]: shares for event, _, shares in want})
    by_last = {event: account for event, account, is_last, *_ in rows if is_last}
    assert by_last == {event: account for event, account in last if event in by_last}
    assert len({event for event, account in by_last.items() if account != NOBODY}) > 100
    compare_published(published("attribution"), want, persons)


def compare_published(rows, want, persons):
    totals = defaultdict(lambda: [0.0] * len(RULES))
    touched = defaultdict(set)
    for event, kind, shares in want:
        week = monday(event["day"])
        for account, of_account in shares.items():
            for path in persons.places.levels_of_week(account, week):
                cell = week, kind, path
                totals[cell] = [a + b for a, b in zip(totals[cell], of_account, strict=True)]
                touched[cell].add(event["customer_token"])
    weeks = {row["week_starts"] for row in rows}
    found = {(row["week_starts"], row["kind"], row["path"]): row for row in rows}
    assert {cell for cell in totals if cell[0] in weeks} <= set(found)
    shown = 0
    for cell, row in found.items():
        assert row["customers"] in (None, len(touched[cell]))
        for rule, total in zip(RULES, totals[cell], strict=True):
            if row[rule] is not None:
                assert float(row[rule]) == pytest.approx(total, abs=1e-5)
                shown += total > 0
    assert shown > 300


def of_the_sample(persons):
    """Give each conversion with its kind and what each account has of it."""
    conversions = [(event, "new_customer") for event in persons.became.values()]
    for token, events in persons.by_customer.items():
        assert token is not None
        conversions += [(e, "card_application") for e in events if is_application(e)]
        conversions += [(e, "wealth_subscription") for e in events if is_confirmed_order(e)]
    return [(e, kind, credits(e["occurred_at"], touches(persons, e))) for e, kind in conversions]


def touches(persons, event):
    found = []
    for touch in persons.by_customer[event["customer_token"]]:
        account = persons.places.account_of(touch["source_code"])
        if touch["event_type"] in ("click", "arrival") and account != NOBODY:
            found.append((touch["occurred_at"], touch["event_id"], account))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_any_touches_and_conversions(given, seed):
    chance = random.Random(seed)
    people = [uuid.UUID(int=number + 1) for number in range(5)]
    touched = [(chance.choice(people), moment(chance), f"t{n}", account(chance)) for n in range(90)]
    converted = [(chance.choice(people), moment(chance), f"e{n}") for n in range(40)]
    given["core.touches"] = "\n".join(
        ["customer_token | touched_at | event_id | account_id"]
        + [" | ".join(map(str, touch)) for touch in touched]
    )
    given["core.conversions"] = "\n".join(
        ["customer_token | converted_at | event_id | day | kind"]
        + [f"{who} | {at} | {e} | {at.date()} | card_application" for who, at, e in converted]
    )
    given.build("core.attribution_credits")
    rows = given.connection.execute(BY_ACCOUNT).fetchall()
    compare(
        rows,
        {
            event: credits(at, [tuple(touch) for owner, *touch in touched if owner == who])
            for who, at, event in converted
        },
    )


def moment(chance):
    """Give one of few moments, so that touches tie and meet the ends of the lookback."""
    days = chance.choice([0, 1, 7, 8, 29, 30, 31, 37])
    seconds = chance.choice([0, 0, 1, 3600])
    return dt.datetime(2026, 9, 1) + days * DAY + dt.timedelta(seconds=seconds)


def account(chance):
    return chance.choice(["hq", "cards", "wealth", "branch"])


def compare(rows, want):
    """Compare the credits of each conversion and account; they sum to 1 by every rule."""
    found = defaultdict(dict)
    for event, owner, *shares in rows:
        found[event][owner] = tuple(map(float, shares))
    assert found.keys() == want.keys()
    for event, of_event in want.items():
        assert found[event].keys() == of_event.keys()
        for owner, shares in of_event.items():
            assert found[event][owner] == pytest.approx(shares, abs=2e-8)
        for by_rule in zip(*found[event].values(), strict=True):
            assert sum(by_rule) == pytest.approx(1, abs=1e-7)
