"""What an account's audience does, day by day: the truth its exports are cut from."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from pipeline.sample import story
from pipeline.sample.accounts import Account
from pipeline.sample.arrays import Floats, Ints, stream
from pipeline.sample.platforms.links import Link, links
from pipeline.sample.platforms.posts import Post, posts
from pipeline.sample.timeline import Timeline

ACTIONS = {  # what readers do, per read
    "likes": 0.030, "comments": 0.006, "saves": 0.014, "shares": 0.009,
    "followers_gained": 0.009, "bullet_comments": 0.001, "recommends": 0.012,
}  # fmt: skip
DECAY = 1.4  # reads of a post fall with (age in days + 1) to this power
BACKGROUND = 0.25  # reads of posts older than the ones followed here, per read
WEEKDAYS = np.array([1.0, 0.98, 1.0, 1.02, 1.08, 0.95, 0.92])


@dataclass
class Audience:
    """Daily numbers of one account; day 0 is the timeline's first_post_day.

    `by_post`: metric -> [post, day]; `by_day`: metric -> [day] for the account as a whole, which
    is more than the sum of the posts: older posts keep earning.
    """

    account: Account
    timeline: Timeline
    posts: list[Post]
    links: list[Link]
    by_post: dict[str, Ints]
    by_day: dict[str, Ints]
    followers: Ints  # stock at the end of each day

    def day(self, day: date) -> int:
        """Return the index of a day."""
        return (day - self.timeline.first_post_day).days

    def posts_before(self, export_day: date) -> list[Post]:
        """Return the posts an export made that morning lists, oldest first."""
        return [post for post in self.posts if post.published_at.date() < export_day]

    def until(self, metric: str, post: Post, export_day: date) -> int:
        """Return a post's lifetime total at the export in the morning of a day."""
        return int(self.by_post[metric][post.number, : self.day(export_day)].sum())

    def between(self, metric: str, first: date, last: date) -> Ints:
        """Return the account's daily numbers, first to last day inclusive."""
        return self.by_day[metric][self.day(first) : self.day(last) + 1]


def audience(account: Account, timeline: Timeline, seed: int) -> Audience:
    """Draw the account's posts and everything its audience did."""
    chance = stream(seed, "audience", account.account_id)
    own = posts(account, timeline, seed)
    reads = _reads(chance, account, timeline, own)
    weeks = [timeline.week_of_post_day(day) for day in range(timeline.post_days)]
    follows = np.array([story.follows_factor(account.account_id, week) for week in weeks])
    by_post = {"reads": reads}
    for metric, rate in ACTIONS.items():
        boost = follows if metric == "followers_gained" else np.ones(timeline.post_days)
        by_post[metric] = chance.poisson(np.clip(reads, 0, None) * rate * boost)
    cover = np.array([post.cover_rate for post in own]).reshape(-1, 1)
    by_post["impressions"] = chance.poisson(np.clip(reads, 0, None) / cover) + np.clip(reads, 0, 9)
    _claw_back(chance, by_post["reads"], timeline)
    by_day = _by_day(chance, account, timeline, by_post, follows)
    _lose_followers(chance, account, by_day, weeks)
    net = by_day["followers_gained"] - by_day["followers_lost"]
    before = int(net[: (timeline.start - timeline.first_post_day).days].sum())
    stock = account.traits.followers - before + np.cumsum(net)
    return Audience(account, timeline, own, links(account, own), by_post, by_day, stock)


def _reads(
    chance: np.random.Generator, account: Account, timeline: Timeline, own: list[Post]
) -> Ints:
    days = np.arange(timeline.post_days)
    weeks = (timeline.post_days - 1 - days) // 7
    mood = np.array(
        [
            story.reads_factor(account.account_id, account.unit_id, int(week))
            * story.growth(int(week))
            for week in weeks
        ]
    )
    weekday = np.resize(np.roll(WEEKDAYS, -timeline.first_post_day.weekday()), len(days))
    published = np.array(
        [(post.published_at.date() - timeline.first_post_day).days for post in own]
    )
    age = days[None, :] - published[:, None]
    fading = np.where(age >= 0, (np.clip(age, 0, None) + 1.0) ** -DECAY, 0.0) / 2.6
    scale = np.array([post.scale for post in own])[:, None] * account.traits.reads
    drawn: Ints = chance.poisson(scale * fading * mood * weekday)
    return drawn


def _claw_back(chance: np.random.Generator, reads: Ints, timeline: Timeline) -> None:
    """Take back more reads from some posts than they won, on a day when old posts earn little."""
    first = timeline.post_days - 7 * timeline.weeks
    for _ in range(story.CLAW_BACKS):
        day = int(chance.integers(first // 7, timeline.post_days // 7)) * 7 + 6
        old = np.flatnonzero(reads[:, : max(0, day - 20)].sum(axis=1) > 100)
        if len(old):
            post = int(chance.choice(old))
            week = reads[post, day - 6 : day + 1]
            reads[post, day] -= int(week.sum()) + 1 + int(chance.integers(0, 4))


def _by_day(
    chance: np.random.Generator,
    account: Account,
    timeline: Timeline,
    by_post: dict[str, Ints],
    follows: Floats,
) -> dict[str, Ints]:
    traits = account.traits  # of an account without posts, reads are those of a week
    usual = traits.reads / 7 * (traits.posts * BACKGROUND if traits.posts else 1)
    older = chance.poisson(usual, timeline.post_days)
    by_day = {"reads": np.clip(by_post["reads"].sum(axis=0), 0, None) + older}
    by_day["impressions"] = by_post["impressions"].sum(axis=0) + older * 9
    for metric, rate in ACTIONS.items():
        boost = follows if metric == "followers_gained" else np.ones(timeline.post_days)
        by_day[metric] = by_post[metric].sum(axis=0) + chance.poisson(older * rate * boost)
    by_day["profile_visits"] = by_day["followers_gained"] + chance.poisson(by_day["reads"] * 0.035)
    for name, share in {"jumps": 0.02, "favorites": 0.012}.items():
        by_day[name] = chance.poisson(by_day["reads"] * share)
    return by_day


def _lose_followers(
    chance: np.random.Generator, account: Account, by_day: dict[str, Ints], weeks: list[int]
) -> None:
    ordinary = chance.poisson(float(np.median(by_day["followers_gained"])) * 0.35, len(weeks))
    if account.account_id == story.GIVEAWAY_ACCOUNT:
        giveaway = np.array(weeks) == story.GIVEAWAY_WEEK
        won = float(by_day["followers_gained"][giveaway].sum())
        shares = [story.GIVEAWAY_CANCELLED.get(week, 0.0) / 7 for week in weeks]
        ordinary = ordinary + chance.poisson(won * np.array(shares))
    by_day["followers_lost"] = ordinary
