"""The posts of an account: when, what about, in which form."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np

from pipeline.sample import story, titles
from pipeline.sample.accounts import Account
from pipeline.sample.arrays import stream
from pipeline.sample.mishaps import PASTED
from pipeline.sample.timeline import DAY, Timeline

VIDEO_PLATFORMS = ("wechat_channels", "kuaishou", "bilibili")
EDITED_AFTER = timedelta(days=9)  # a title is corrected this long after publication


@dataclass(frozen=True)
class Post:
    """One post; rates are what its audience does on average."""

    number: int
    published_at: datetime  # Shanghai wall time
    subject: titles.Subject
    title: str  # as published; may be empty or repeated, unlike the subject's
    form: str  # image_text or video
    scale: float  # reads over its life, against the account's usual
    cover_rate: float
    watch_seconds: float
    finish_rate: float
    edited: tuple[date, str] | None = None  # day and new title

    @property
    def has_code(self) -> bool:
        """Whether it carries a source code of its own: its title must be found again."""
        return self.title == self.subject.title and self.edited is None

    def title_on(self, day: date) -> str:
        """Return the title an export made on a day shows."""
        return self.edited[1] if self.edited and day >= self.edited[0] else self.title


def posts(account: Account, timeline: Timeline, seed: int) -> list[Post]:
    """Return the account's posts in the order of publication."""
    chance = stream(seed, "posts", account.account_id)
    rate = account.traits.posts / 7
    used: set[str] = set()
    found: list[Post] = []
    for offset in range(timeline.post_days):
        for _ in range(chance.poisson(rate)):
            day = timeline.first_post_day + offset * DAY
            found.append(_post(chance, account, len(found), day, used))
    found = _oddities(sorted(found, key=lambda post: post.published_at))
    if account.account_id == PASTED:
        found = _with_pasted(found)
    if account.account_id == story.GIVEAWAY_ACCOUNT:
        found = _with_giveaway(found, timeline)
    return [replace(post, number=number) for number, post in enumerate(found)]


def _post(
    chance: np.random.Generator, account: Account, number: int, day: date, used: set[str]
) -> Post:
    hour = int(chance.choice([8, 11, 12, 17, 18, 19, 20, 21]))
    minute, second = (int(value) for value in chance.integers(0, 60, 2))
    subject = titles.subject(chance, account.unit_id, used)
    always_video = account.platform in VIDEO_PLATFORMS
    return Post(
        number=number,
        published_at=datetime.combine(day, time(hour, minute, second)),
        subject=subject,
        title=subject.title,
        form="video" if always_video or chance.random() < 0.3 else "image_text",
        scale=float(np.clip(chance.lognormal(-0.1, 0.45), 0.3, 1.7)),
        cover_rate=float(chance.uniform(0.06, 0.16)),
        watch_seconds=float(chance.uniform(9, 45)),
        finish_rate=float(chance.uniform(0.12, 0.55)),
    )


def _oddities(found: list[Post]) -> list[Post]:
    """Give every account an empty title, a repeated one, and one that is edited later."""
    for position, post in enumerate(found):
        if position % 17 == 5:
            found[position] = replace(post, title="")
        elif position % 11 == 3:
            found[position] = replace(post, title=titles.REPEATED_TITLE)
        elif position == 8:
            day = (post.published_at + EDITED_AFTER).date()
            found[position] = replace(post, edited=(day, f"{post.title}（更正）"))
    return found


def _with_pasted(found: list[Post]) -> list[Post]:
    """Let the title of the last post that carries a code be pasted from somewhere."""
    for position, post in reversed(list(enumerate(found))):
        if post.has_code:
            title = titles.PASTED.format(title=post.title)
            found[position] = replace(post, title=title, subject=replace(post.subject, title=title))
            break
    return found


def _with_giveaway(found: list[Post], timeline: Timeline) -> list[Post]:
    week_start = timeline.end - timedelta(weeks=story.GIVEAWAY_WEEK + 1)
    for position, post in enumerate(found):
        if post.published_at.date() >= week_start and post.has_code:
            subject = titles.Subject("service", None, titles.GIVEAWAY_TITLE)
            found[position] = replace(
                post,
                subject=subject,
                title=subject.title,
                form="image_text",
                scale=story.GIVEAWAY_POST,
            )
            break
    return found
