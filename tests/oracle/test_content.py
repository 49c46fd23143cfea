"""The content of the sample, recomputed post by post in plain loops."""

import datetime as dt
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from statistics import mean, median, stdev
from typing import Any

import duckdb
import pytest

from pipeline.review import Reviewer, classify
from tests.oracle.counts import posts_of
from tests.oracle.places import monday, month, next_month

Row = dict[str, Any]


@pytest.fixture(scope="module")
def core(sample_run) -> Iterator[Callable[[str], list[Row]]]:
    with duckdb.connect(str(sample_run.analysis_database), read_only=True) as connection:

        def read(table: str) -> list[Row]:
            found = connection.execute(f"from core.{table}")
            names = [column[0] for column in found.description]
            return [dict(zip(names, values, strict=True)) for values in found.fetchall()]

        yield read


@pytest.fixture(scope="module")
def posts(published) -> list[Row]:
    return published("content_posts")


def test_each_post_is_labelled_by_its_title_alone(posts):
    reviewer = Reviewer(dt.date(2026, 11, 16))
    for post in posts:
        told = (post["theme"], post["selling_form"], post["theme_confidence"])
        if post["title"]:
            (label,) = classify([(post["title"], "")], reviewer)
            assert told == (label.theme, label.form, label.confidence)
        else:
            assert told == (None, None, None)
    assert len({post["theme"] for post in posts}) > 5
    assert [p["account_id"] for p in posts if p["selling_form"] == "activity_benefit"] == ["hq-xhs"]


def test_half_lives_are_read_off_the_line_between_two_exports(lake, posts):
    want = Counter(
        (account, *half_life(snapshots)) for (account, *_), snapshots in posts_of(lake).items()
    )
    found = Counter(
        (
            post["account_id"],
            post["published_on"],
            post["reads"],
            *(
                None if post[name] is None else round(post[name], 9)
                for name in ("half_life_days", "half_life_at_most_days")
            ),
            post["half_life_missing"],
        )
        for post in posts
    )
    assert found == want
    assert {key[-1]: 1 for key in want}.keys() >= {None, "young", "before_first_export"}


def half_life(snapshots: dict[dt.datetime, Row]) -> tuple:
    """Give day and reads of a post, its half-life, at most how many days, and why not."""
    exports = [
        (max((at.date() - told["published_on"]).days, 1), told["totals"]["read"])
        for at, told in sorted(snapshots.items())
    ]
    published_on = snapshots[max(snapshots)]["published_on"]
    known = [(age, reads) for age, reads in exports if reads is not None]
    age, reads = known[-1] if known else (0, 0)
    head = (published_on, exports[-1][1])
    if reads <= 0:
        return (*head, None, None, "no_reads")
    if age < 28 or len(known) < 3:
        return (*head, None, None, "young" if age < 28 else "few_exports")
    at = next(n for n, (_, so_far) in enumerate(known) if 2 * so_far >= reads)
    if not at:
        return (*head, None, known[0][0], "before_first_export")
    (before, low), (after, high) = known[at - 1], known[at]
    days = before + (Fraction(reads, 2) - low) / (high - low) * (after - before)
    return (*head, round(float(days), 9), after, None)


def test_rates_of_a_post_and_reach_over_the_followers_of_its_day(posts, core):
    counted = defaultdict(dict)
    for row in core("follower_counts"):
        counted[row["account_id"]][row["day"]] = row["followers"]
    for post in posts:
        days = (post["published_on"] - dt.timedelta(days=back) for back in range(31))
        by_day = counted[post["account_id"]]
        followers = next((by_day[day] for day in days if day in by_day), None)
        reach = post["reads"] if post["impressions"] is None else post["impressions"]
        assert post["followers_at_publication"] == followers
        assert post["reach_per_follower"] == quotient(reach, followers)
        assert post["follow_rate"] == quotient(post["followers_gained"], post["reads"])
        assert post["click_rate"] == quotient(post["clicks"], post["reads"])
    assert sum(post["reach_per_follower"] is not None for post in posts) > 400


def quotient(above: float | None, below: float | None) -> float | None:
    return None if above is None or not below else above / below


def test_the_mix_counts_each_post_once_at_each_level(published, places, posts):
    want: dict[Any, list[Row]] = defaultdict(list)
    for post in posts:
        if post["theme"]:
            for path in places.levels(post["account_id"], post["published_on"]):
                for dimension in ("theme", "selling_form"):
                    cell = (month(post["published_on"]), path, dimension, post[dimension])
                    want[cell].append(post)
    rows = {
        (row["month"], row["path"], row["dimension"], row["category"]): row
        for row in published("content_mix")
    }
    assert rows.keys() == want.keys()
    shares = defaultdict(list)
    for cell, some in want.items():
        row = rows[cell]
        whole = sum(len(other) for key, other in want.items() if key[:3] == cell[:3])
        shares[cell[:3]].append(len(some) / whole)
        assert (row["posts"], row["share"]) == (len(some), pytest.approx(len(some) / whole))
        assert row["complete"] == (next_month(cell[0]) <= dt.date(2026, 11, 16))
        for number, rate in (
            ("engagement", "engagement_rate"),
            ("followers_gained", "follow_rate"),
            ("clicks", "click_rate"),
        ):
            told = [post for post in some if post[number] is not None]
            assert row[number] == (sum(post[number] for post in told) if told else None)
            both = [post for post in told if post["reads"] is not None]
            of = sum(post["reads"] for post in both)
            assert row[rate] == quotient(sum(post[number] for post in both) if both else None, of)
    varieties = published("content_variety")
    assert len(varieties) == len(shares)
    for row in varieties:
        spread = shares[row["month"], row["path"], row["dimension"]]
        assert row["categories"] == len(spread)
        assert row["effective_number"] == pytest.approx(1 / sum(each**2 for each in spread))


_DROPPED = re.compile(r"#[^\s#]*|[\s!-/:-@\[-`{-~，。！？：；、（）【】《》“”‘’…—～｜·]")


def pairs(title: str | None) -> set[str]:
    left = _DROPPED.sub("", title or "").lower()
    return {left[at : at + 2] for at in range(len(left) - 1)} if len(left) >= 4 else set()


def test_posts_repeat_those_whose_titles_share_most_pairs(published, places, posts, core):
    works = {row["post_id"]: row["work_id"] for row in core("works")}
    told = [(post, cut) for post in posts if (cut := pairs(post["title"]))]
    told.sort(key=lambda each: (each[0]["published_on"], each[0]["post_id"]))
    repeats = defaultdict(set)
    for (earlier, one), (later, other) in itertools.combinations(told, 2):
        if (
            (later["published_on"] - earlier["published_on"]).days <= 90
            and works[earlier["post_id"]] != works[later["post_id"]]
            and len(one & other) / len(one | other) >= 0.6
        ):
            own = earlier["account_id"] == later["account_id"]
            repeats[later["post_id"]].add("own_account" if own else "own_bank")
    want = defaultdict(lambda: [0, 0])
    for post, _ in told:
        for path in places.levels(post["account_id"], post["published_on"]):
            for among in ("own_account", "own_bank"):
                cell = want[month(post["published_on"]), path, among]
                cell[0] += 1
                cell[1] += among in repeats[post["post_id"]]
    found = {
        (row["month"], row["path"], row["among"]): [row["posts"], row["near_duplicates"]]
        for row in published("homogeneity")
    }
    assert found == want
    assert sum(len(each) for each in repeats.values()) > 500


def test_followers_who_stay_are_judged_by_the_losses_after_their_week(published, core, posts):
    lost, gained = defaultdict(dict), defaultdict(dict)
    for row in core("follower_moves"):
        lost[row["account_id"]][row["day"]] = row["lost"]
        gained[row["account_id"]][row["day"]] = row["gained"]
    giveaways = {
        (post["account_id"], monday(post["published_on"]))
        for post in posts
        if post["selling_form"] == "activity_benefit"
    }
    for row in published("follower_quality"):
        account, start = row["account_id"], row["week_starts"]
        won = math.floor(round(float(sum(added(gained[account], start, 7) or [])), 3) + 0.5)
        assert row["gained"] == won
        assert row["is_giveaway"] == ((account, start) in giveaways)
        stays, missing = stay(lost[account], won, account, start, giveaways)
        assert row["stay_missing"] == missing, (account, start)
        assert row["stay_rate"] == (None if missing else pytest.approx(stays, abs=1e-9))
    rows = published("follower_quality")
    assert sum(row["stay_rate"] is not None for row in rows) > 30
    assert sum(row["stay_missing"] == "other_giveaway" for row in rows) == 5


def added(days: dict[dt.date, Any], first: dt.date, number: int) -> list[Any] | None:
    every = [days.get(first + dt.timedelta(days=n)) for n in range(number)]
    return None if None in every else every


def stay(lost, won, account, start, giveaways) -> tuple[float | None, str | None]:
    if start + dt.timedelta(days=37) > dt.date(2026, 11, 16):
        return None, "young"
    near = (dt.timedelta(days=7 * weeks) for weeks in range(-5, 6) if weeks)
    if any((account, start + step) in giveaways for step in near):
        return None, "other_giveaway"
    after = added(lost, start + dt.timedelta(days=7), 30)
    before = [added(lost, start - dt.timedelta(days=7 * back), 7) for back in range(1, 9)]
    usual = [sum(week) for week in before if week]
    if after is None or len(usual) < 5:
        return None, "no_losses" if after is None else "few_weeks"
    beyond = float(sum(after)) - float(median(usual)) * 30 / 7
    return (min(1.0, max(0.0, 1 - beyond / won)), None) if won else (None, "none_gained")


def test_customers_of_giveaway_weeks_and_of_ordinary_ones(published, core, persons, places):
    won = Counter()
    for event in persons.became.values():
        won[persons.credited(event), monday(event["day"])] += 1
    want = defaultdict(lambda: [0, 0, 0.0])
    weeks = {row["week_starts"] for row in core("level_weeks")} - {
        row["week_starts"] for row in core("feed_gaps")
    }
    for row in core("follower_stays"):
        for path in places.levels_of_week(row["account_id"], row["week_starts"]):
            cell = want[path, row["is_giveaway"]]
            cell[0] += 1
            if row["week_starts"] in weeks:
                cell[1] += won[row["account_id"], row["week_starts"]]
                cell[2] += row["gained"]
    shown = 0
    for row in published("giveaway_weeks"):
        sides = (("giveaway", True), ("ordinary", False))
        numbers = [
            want[row["path"], given][1] for _, given in sides if (row["path"], given) in want
        ]
        small = any(0 < number < 10 for number in numbers)
        for side, given in sides:
            weeks_of, customers, base = want[row["path"], given]
            assert row[f"{side}_weeks"] == (weeks_of or None)
            if row[f"{side}_customers"] is None:
                assert small or not weeks_of
            else:
                shown += 1
                assert not small
                assert row[f"{side}_customers"] == customers
                assert row[f"{side}_per_1000"] == pytest.approx(1000 * customers / base)
    assert shown > 20


def test_hours_and_days_are_measured_against_the_account_itself(published, posts):
    old = [
        post
        for post in posts
        if post["posted_at"] and (post["exported_at"].date() - post["published_on"]).days >= 14
        if post["reads"] is not None
    ]
    sizes = defaultdict(list)
    for post in old:
        sizes[post["account_id"]].append(math.log1p(post["reads"]))
    effects = defaultdict(list)
    for post in old:
        account, own = post["account_id"], sizes[post["account_id"]]
        if len(own) < 5:
            continue
        effect = math.log1p(post["reads"]) - mean(own)
        day, hour = post["posted_at"].isoweekday(), post["posted_at"].hour // 3 * 3
        for place in ((None, None), (post["platform"], None), (post["platform"], account)):
            for time in ((day, None), (None, hour), (day, hour)):
                effects[place + time].append(effect)
    names = ("platform", "account_id", "weekday", "hour_from")
    rows = {tuple(row[name] for name in names): row for row in published("posting_times")}
    assert rows.keys() == effects.keys()
    for cell, some in effects.items():
        row, center = rows[cell], mean(some)
        assert row["posts"] == len(some)
        assert row["effect"] == pytest.approx(math.expm1(center), abs=1e-9)
        assert row["small"] == (len(some) < 5)
        if row["small"]:
            assert (row["effect_low"], row["effect_high"]) == (None, None)
        else:
            wide = student(len(some) - 1) * stdev(some) / len(some) ** 0.5
            near = pytest.approx(wide, rel=2e-3)
            assert center - math.log1p(row["effect_low"]) == near
            assert math.log1p(row["effect_high"]) - center == near


@cache
def student(freedom: int) -> float:
    """Give the 97.5 % quantile of Student's t: where the integral of its density comes to 0.475."""
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))
    scale /= math.sqrt(freedom * math.pi)
    area, at, step = 0.0, 0.0, 1e-3
    while area < 0.475:
        middle = at + step / 2
        area += step * scale * (1 + middle**2 / freedom) ** (-(freedom + 1) / 2)
        at += step
    return at
