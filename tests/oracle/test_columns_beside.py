"""The columns beside the main ones: the week before, parts, medians, names; by plain loops."""

import tomllib
from collections import defaultdict
from pathlib import Path
from statistics import NormalDist, median

import duckdb
import pyarrow.parquet as pq
import pytest

from pipeline.review import judge
from tests.oracle.lake import DAY, latest
from tests.oracle.persons import is_confirmed_order
from tests.oracle.places import monday
from tests.oracle.test_credits import of_the_sample

WEEK = 7 * DAY
ROOT = Path(__file__).parents[2]


def by(rows, *names):
    return {tuple(row[name] for name in names): row for row in rows}


@pytest.mark.parametrize("table", ["weekly_steps", "platform_steps"])
def test_the_week_before_and_who_did_not_come(published, table):
    place = ("tier", "unit_id", "account_id") if table == "weekly_steps" else ("tier", "platform")
    rows = by(published(table), "week_starts", "stage", *place)
    for (week, *cell), row in rows.items():
        before = rows.get((week - WEEK, *cell))
        assert row["last_week_value"] == (before["value"] if before else None)
        if table == "weekly_steps":
            rate = row["step_rate"]
            lost = None if rate is None or rate > 1 else 1 - rate
            assert row["lost_rate"] == (None if lost is None else pytest.approx(lost, abs=1e-12))
    assert sum(row["last_week_value"] is not None for row in rows.values()) > 200


def test_the_period_before_of_a_funnel(published):
    names = ("funnel", "period", "step", "tier", "unit_id", "account_id", "starts_on")
    rows = by(published("funnel_steps"), *names)
    told = 0
    for (*cell, starts), row in rows.items():
        before = starts - WEEK if row["period"] == "week" else (starts - DAY).replace(day=1)
        previous = rows.get((*cell, before), {}).get("persons")
        first = rows.get((*cell[:2], 1, *cell[3:], before), {}).get("persons")
        assert row["previous_persons"] == previous
        rate = previous / first if previous is not None and first else None
        assert row["previous_rate"] == (None if rate is None else pytest.approx(rate, abs=1e-12))
        told += rate is not None
    assert told > 500


def test_clicks_on_wealth_and_orders_that_are_not_confirmed(persons, published):
    orders, clicks = persons.orders(), persons.clicks("wealth")
    rows = published("subscriptions")
    told = 0
    for row in rows:
        cell = row["week_starts"], row["path"]
        assert row["wealth_clicks"] == len(clicks[cell])
        for column, state in (("pending_orders", "pending"), ("withdrawn_orders", "withdrawn")):
            number = sum(order["cooling_off"] == state for order in orders[cell])
            assert row[column] in (None, number)
            told += row[column] is not None
    assert told > 200
    assert {row["pending_orders"] for row in rows} | {row["withdrawn_orders"] for row in rows} - {0}


def test_days_from_the_first_subscription_to_the_second(persons, published):
    waits = defaultdict(list)
    for events in persons.by_customer.values():
        confirmed = [event for event in events if is_confirmed_order(event)]
        orders = sorted(confirmed, key=lambda event: (event["occurred_at"], event["event_id"]))
        if len(orders) < 2 or orders[1]["occurred_at"] - orders[0]["occurred_at"] > 180 * DAY:
            continue
        month = orders[0]["day"].replace(day=1)
        for path in persons.places.levels_of_month(persons.credited(orders[0]), month):
            waits[month, path].append((orders[1]["day"] - orders[0]["day"]).days)
    told = [row for row in published("repeat_subscriptions") if row["median_days"] is not None]
    assert told  # of most months and levels too few come back
    for row in told:
        assert row["median_days"] == median(waits[row["month"], row["path"]])


def test_customers_of_the_last_and_of_the_first_touch(persons, published):
    touched = defaultdict(set)
    for event, kind, shares in of_the_sample(persons):
        week = monday(event["day"])
        for account, (last, first, *_) in shares.items():
            for path in persons.places.levels_of_week(account, week):
                for column, share in (("last_customers", last), ("first_customers", first)):
                    if share:
                        touched[week, kind, path, column].add(event["customer_token"])
    told = 0
    for row in published("attribution"):
        for column in ("last_customers", "first_customers"):
            want = touched[row["week_starts"], row["kind"], row["path"], column]
            assert row[column] in (None, len(want))
            told += bool(row[column])
    assert told > 100


def test_comments_that_speak_well_and_ill(lake, places, published):
    rows = latest(lake.rows("bank_comments"), lambda row: row["comment_token"])
    want = defaultdict(lambda: {"comments": 0, "negative": 0, "positive": 0})
    for row, opinion in zip(rows, judge(row["text"] for row in rows), strict=True):
        day = row["commented_at"].date()
        if day >= lake.as_of:
            continue
        for path in places.levels(row["account_id"], day):
            for aspect in (*opinion.aspects, None):
                for severity in (opinion.severity, None):
                    cell = want[monday(day), path, aspect, severity]
                    cell["comments"] += 1
                    if opinion.sentiment in cell:
                        cell[opinion.sentiment] += 1
    found = by(published("opinion"), "week_starts", "path", "aspect", "severity")
    assert found.keys() == want.keys()
    for cell, numbers in want.items():
        assert {name: found[cell][name] for name in numbers} == numbers
    assert sum(row["positive"] for row in found.values()) > 10


def test_the_last_day_that_was_delivered(lake, published):
    days = defaultdict(list)
    for file in sorted((lake.folder / "deliveries").glob("*.parquet")):
        for row in pq.ParquetFile(file).read().to_pylist():
            exported = row["exported_at"].date() - DAY
            days[row["dataset"], row["account_id"]].append(row["last_day"] or exported)
    for row in published("data_freshness"):
        told = days.get((row["dataset"], row["account_id"]))
        assert row["last_day"] == (max(told) if told else None)
        # what an export tells of the run's own day is not due yet
        behind = max((lake.as_of - DAY - max(told)).days, 0) if told else None
        assert row["days_behind"] == behind


def test_followers_usually_lost_and_lost_after_a_week(published):
    rows = published("follower_quality")
    for row in rows:
        if row["stay_rate"] is not None and 0 < row["stay_rate"] < 1:
            beyond = row["lost_after"] - row["usual_lost"] * 30 / 7
            assert row["stay_rate"] == pytest.approx(
                1 - beyond / row["gained"], abs=4 / row["gained"]
            )
    assert sum(row["usual_lost"] is not None for row in rows) > 30


def test_works_are_made_of_their_posts_and_matches(published):
    posts = by(published("content_posts"), "post_id")
    linked, scores = defaultdict(set), defaultdict(list)
    for row in published("work_matches"):
        pair = row["post_id"], row["other_post_id"]
        assert pair[0] < pair[1]
        for side, post in zip(("", "other_"), pair, strict=True):
            for name in ("account_id", "title", "published_on"):
                assert row[f"{side}{name}"] == posts[(post,)][name]
        if row["verdict"] in ("matched", "confirmed"):
            for one, other in (pair, pair[::-1]):
                linked[one].add(other)
                scores[one] += [] if row["score"] is None else [row["score"]]

    def smallest(post):
        near = {post}
        for _ in range(3):
            near |= {other for one in near for other in linked[one]}
        return min(near)

    copies = defaultdict(list)
    for (post,) in posts:
        copies[smallest(smallest(post))].append(post)
    works = by(published("works"), "work_id")
    assert works.keys() == {(work,) for work in copies}
    for (work,), row in works.items():
        told = [posts[(post,)] for post in copies[work]]
        assert (work, row["posts"]) == (min(copies[work]), len(told))
        assert row["first_published_on"] == min(post["published_on"] for post in told)
        assert row["forms"] == len({post["form"] for post in told} - {None})
        least = min((score for post in copies[work] for score in scores[post]), default=None)
        assert row["lowest_score"] == least
    assert sum(row["lowest_score"] is not None for row in works.values()) > 50


def test_the_split_of_an_experiment_against_its_plan(lake, published):
    plans = latest(
        lake.exported("bank_experiments", "experiment_id", "variant"),
        lambda row: (row["experiment_id"], row["variant"]),
    )
    shares = {(row["experiment_id"], row["variant"]): row["planned_share"] for row in plans}
    rows = defaultdict(list)
    for row in published("experiments"):
        planned = shares.get((row["experiment_id"], row["variant"]))
        assert row["planned_share"] == planned
        if planned is not None:
            rows[row["experiment_id"]].append(row)
    for variants in rows.values():
        persons = sum(row["assigned"] for row in variants)
        whole = sum(float(row["planned_share"]) for row in variants)
        chi = 0.0
        for row in variants:
            expected = persons * float(row["planned_share"]) / whole
            chi += (row["assigned"] - expected) ** 2 / expected
        if len(variants) == 2:  # chi-square of one degree: the square of a normal number
            p = 2 * (1 - NormalDist().cdf(chi**0.5))
            for row in variants:
                assert row["ratio_p"] == pytest.approx(p, abs=1e-9)
    assert len(rows) == 3


def test_the_run_and_what_it_was_set_to(lake, published):
    (row,) = published("run")
    starts = monday(lake.as_of) - WEEK
    assert row["as_of"] == lake.as_of
    assert (row["week_starts"], row["report_week"]) == (starts, f"{starts:%G-W%V}")
    bands = {
        r["wealth_tier"]: (r["wealth_order"], r["from_yuan"]) for r in published("wealth_tiers")
    }
    assert sorted(bands.values()) == [
        *((0, 0), (1, 50_000), (2, 200_000), (3, 500_000), (4, 6_000_000))
    ]
    order = {r["state"]: r["state_order"] for r in published("lifecycle")}
    assert order == {"potential": 1, "new": 2, "active": 3, "dormant": 4, "lost": 5}
    assert {float(r["benchmark"]) for r in published("conversions")} == {0.03}


def test_the_funnels_are_those_of_their_files(published):
    found = defaultdict(list)
    for row in sorted(published("funnels"), key=lambda row: (row["funnel"], row["step"])):
        found[row["funnel"]].append(row)
    files = {file.stem: file for file in (ROOT / "funnels").glob("*.toml")}
    assert found.keys() == files.keys()
    for key, rows in found.items():
        words = tomllib.loads(files[key].read_text("utf-8"))
        number, unit = words["window"].split()
        assert unit == "days"
        for row, step in zip(rows, words["steps"], strict=True):
            assert row["name"] == words["name"]
            assert row["window_seconds"] == int(number) * 86_400
            assert row["step_order"] == words.get("order", "ordered")
            assert row["breakdown"] == words["breakdown"]["by"]
            assert (row["event"], row["condition"]) == (step["event"], step.get("where"))
            assert row["is_optional"] == step.get("optional", False)


def test_accounts_and_units_are_called_as_the_register_calls_them(sample_run, places):
    called = {"account": defaultdict(set), "unit": defaultdict(set)}
    for period in places.periods:
        for kind, names in called.items():
            names[period[f"{kind}_id"]].add(period[f"{kind}_name"])
    tables = defaultdict(int)
    with duckdb.connect(str(sample_run.published_database), read_only=True) as connection:
        for kind, names in called.items():
            having = connection.execute(
                "select table_name from duckdb_columns() where schema_name = 'published'"
                " and column_name in (?, ?) group by all having count(*) = 2",
                [f"{kind}_id", f"{kind}_name"],
            ).fetchall()
            for (table,) in having:
                for identity, name in connection.execute(
                    f"select distinct {kind}_id, {kind}_name from published.{table}"
                ).fetchall():
                    known = names.get(identity, {None})
                    assert name in known, (table, identity, name)
                    tables[kind] += name is not None
    assert tables["account"] > 500 and tables["unit"] > 200
