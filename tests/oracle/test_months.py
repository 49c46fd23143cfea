"""Moves, retention and the life cycle of the sample against the oracle."""

import datetime as dt
from collections import defaultdict

from tests.oracle.lake import DAY
from tests.oracle.months import first_arrivals, moves, states
from tests.oracle.places import monday, month, months_before, next_month
from tests.oracle.test_sample_numbers import agree, cells, on_platforms

MOVES = ("new_active", "retained", "returned", "lost", "moved_in", "moved_out")
AGES = 12


def test_the_moves_of_each_month_and_level(published, persons):
    rows = published("monthly_moves")
    want = moves(persons)
    months = {row["month"] for row in rows}
    assert months == set(persons.homes) - {min(persons.homes)}
    shown = 0
    for row in rows:
        wanted = {move: want[move].get((row["month"], row["path"]), 0) for move in MOVES}
        found = {move: row[move] for move in MOVES}
        if None in found.values():
            assert set(found.values()) == {None} and row["suppressed"]
        else:
            assert found == wanted
            assert not [n for n in wanted.values() if 0 < n < 10]
            shown += 1
    assert shown > 20
    paths = {(row["month"], row["path"]) for row in rows}
    assert paths >= {cell for move in MOVES for cell in want[move] if cell[0] in months}


def shifted(starts, period, age):
    for _ in range(age):
        starts = next_month(starts) if period == "month" else starts + 7 * DAY
    return starts


def cohorts(persons):
    """Give the members of each cohort, by (type, period, start, path), with their logins since."""
    found = defaultdict(dict)
    logins = {
        token: [e["day"] for e in events if e["event_type"] == "login"]
        for token, events in persons.by_customer.items()
    }
    for token, (day, account) in first_arrivals(persons).items():
        since = [login for login in logins[token] if login >= day]
        for period, starts, ends in spans_of(day):
            for path in persons.places.ways(account, ends):
                found["first_time", period, starts, path][token] = since
    for first, homes in persons.homes.items():
        for token, account in homes.items():
            for path in persons.places.ways(account, next_month(first) - DAY):
                found["recurring", "month", first, path][token] = logins[token]
    return found


def spans_of(day):
    yield "week", monday(day), monday(day) + 6 * DAY
    yield "month", month(day), next_month(month(day)) - DAY


def test_retention_of_each_cohort_age_and_level(published, persons):
    rows, shown = published("retention"), 0
    want = cohorts(persons)
    as_of = persons.places.as_of
    by_tree = defaultdict(list)
    for row in rows:
        by_tree[row["cohort_type"], row["period"], row["cohort_starts"], row["age"]].append(row)
    over = {
        key[:3] for key in want if shifted(key[2], key[1], 1) <= as_of and key[2] >= month(FIRST)
    }
    assert {key[:3] for key in by_tree} == over
    for (kind, period, starts, age), of_age in by_tree.items():
        members = {
            key[3]: value for key, value in want.items() if key[:3] == (kind, period, starts)
        }
        sizes = {((age,), path): len(tokens) for path, tokens in members.items()}
        of_age = [{**row, "n": age} for row in of_age]
        beside = on_platforms(of_age, ("n",))
        agree(cells(of_age, ("n",), "cohort_size"), sizes, "size", beside)
        begins, ends = shifted(starts, period, age), shifted(starts, period, age + 1)
        if ends > as_of:
            assert {(row["active"], row["active_since"]) for row in of_age} == {(None, None)}
            continue
        counts = {"active": {}, "active_since": {}}
        for path, tokens in members.items():
            counts["active"][(age,), path] = sum(
                any(begins <= day < ends for day in days) for days in tokens.values()
            )
            counts["active_since"][(age,), path] = sum(
                any(begins <= day for day in days) for days in tokens.values()
            )
        for column, wanted in counts.items():
            found = cells(of_age, ("n",), column)
            shown += agree(found, wanted, column, beside)[0]
    assert shown > 1000 and {key[3] for key in by_tree} == set(range(AGES + 1))


FIRST = dt.date(2026, 4, 1)  # of the sample's feed; the week it lies in began before


def test_states_of_each_month_and_level(published, persons):
    shown = 0
    rows = published("lifecycle")
    for first in sorted({row["month"] for row in rows}):
        last = next_month(first) - DAY
        want = defaultdict(int)
        for state, account in states(persons, first).values():
            for path in persons.places.ways(account, last):
                want[(state,), path] += 1
        of_month = [row for row in rows if row["month"] == first]
        for state, days in (("dormant", 90), ("lost", 180)):
            if last < FIRST + days * DAY:
                of_state = [row for row in of_month if row["state"] == state]
                assert {row["customers"] for row in of_state} == {None}
                of_month = [row for row in of_month if row["state"] != state]
                want = {cell: n for cell, n in want.items() if cell[0] != (state,)}
        beside = on_platforms(of_month, ("state",))
        shown += agree(cells(of_month, ("state",), "customers"), want, first, beside)[0]
    assert shown > 100


def test_the_flow_between_states(published, persons):
    rows = published("lifecycle_flow")
    assert {row["month"] for row in rows} == {dt.date(2026, 10, 1)}
    for first in {row["month"] for row in rows}:
        before, here = states(persons, months_before(first, 1)), states(persons, first)
        want = defaultdict(int)
        for token, (state, _) in here.items():
            came = before[token][0] if token in before else "unknown"
            for cell in ((came, state), (came, None), (None, state)):
                want[cell] += 1
        del want["unknown", None]  # nor from the other sums what is withheld
        found = {(row["from_state"], row["to_state"]): row["customers"] for row in rows}
        assert found.keys() == want.keys()
        assert {cell: want[cell] for cell, n in found.items() if n is not None} == {
            cell: n for cell, n in found.items() if n is not None
        }
        hidden = [cell for cell, n in found.items() if n is None]
        assert {cell for cell, n in want.items() if n < 10} <= set(hidden)
