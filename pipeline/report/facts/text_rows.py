"""Rows about texts: what rules find in titles, what comments say, and what themes posts have."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipeline.report.facts.shown import Path, Shown


@dataclass(frozen=True)
class Findings(Path):
    """Posts of one week with a finding: of all rules together, or of one category."""

    table: ClassVar[str] = "compliance_findings"
    week: str
    category: str | None
    category_zh: str | None
    posts_reviewed: int
    posts_found: int
    found_share: float | None
    rate_low: float | None
    rate_high: float | None
    posts_fixed: int
    median_days_to_fix: float | None


@dataclass(frozen=True)
class OpenFinding:
    """A post that is online with a finding of one rule, and nobody has changed it."""

    table: ClassVar[str] = "compliance_posts"
    post_id: str
    account_id: str
    account_name: str | None
    tier: str | None
    platform: str | None
    published_on: date | None
    title: str | None
    rule_id: str
    category: str
    category_zh: str | None
    verdict: str | None
    severity: int
    matched: str | None
    legal_basis: str | None
    reason: str | None
    suggestion: str | None
    found_on: date | None
    days_open: int | None


@dataclass(frozen=True)
class Repeat:
    """An account whose posts of several weeks have findings of one category."""

    table: ClassVar[str] = "compliance_repeats"
    account_id: str
    account_name: str | None
    tier: str | None
    platform: str | None
    category: str
    category_zh: str | None
    weeks_found: int
    posts_found: int
    posts_open: int
    first_week: str
    last_week: str


@dataclass(frozen=True)
class Review(Path):
    """Decisions of one month on texts before they went out; `author` None is of all."""

    table: ClassVar[str] = "compliance_reviews"
    month: date
    author: str | None
    submissions: int
    decided: int
    rejected: int
    sent_back: int
    rejection_rate: float | None
    rate_low: float | None
    rate_high: float | None
    corrected: int
    median_hours_to_fix: float | None
    rechecked: int
    missed: int
    miss_rate: float | None


@dataclass(frozen=True)
class Opinion(Path):
    """Comments of one week about one aspect and of one severity; None: of all of them."""

    table: ClassVar[str] = "opinion"
    week: str
    aspect: str | None
    severity: int | None
    comments: int
    negative: int
    positive: int
    negative_share: float | None


@dataclass(frozen=True)
class Answers(Path):
    """Questions or complaints of one week, and how many of them the account answered."""

    table: ClassVar[str] = "opinion_answers"
    week: str
    kind: str
    comments: int
    answered: int
    unanswered: int
    median_response_hours: float | None
    oldest_unanswered_days: int | None


@dataclass(frozen=True)
class Mix(Path):
    """Posts of one month with one theme, or one form of selling."""

    table: ClassVar[str] = "content_mix"
    month: date
    dimension: str
    category: str
    posts: int
    share: float | None
    reads: int | None
    engagement_rate: float | None
    follow_rate: float | None
    click_rate: float | None


@dataclass(frozen=True)
class Variety(Path):
    """Among how many themes, or forms of selling, the posts of one month are spread."""

    table: ClassVar[str] = "content_variety"
    month: date
    dimension: str
    posts: int
    categories: int
    effective_number: float | None


@dataclass(frozen=True)
class Homogeneity(Path):
    """Posts of one month that repeat an earlier one; not `full_past`: repeats went unseen."""

    table: ClassVar[str] = "homogeneity"
    month: date
    full_past: bool | None
    among: str
    posts: int
    near_duplicates: int
    duplicate_rate: float | None
    rate_low: float | None
    rate_high: float | None


@dataclass(frozen=True)
class Giveaways(Shown):
    """Weeks of accounts with a giveaway beside those without, over all weeks."""

    table: ClassVar[str] = "giveaway_weeks"
    giveaway_weeks: int | None
    ordinary_weeks: int | None
    giveaway_gained: int | None
    ordinary_gained: int | None
    giveaway_stay_rate: float | None
    ordinary_stay_rate: float | None
    giveaway_known_weeks: int | None
    ordinary_known_weeks: int | None
    giveaway_per_1000: float | None
    ordinary_per_1000: float | None


@dataclass(frozen=True)
class Stay:
    """The followers an account won in one week and how many of them are still there."""

    table: ClassVar[str] = "follower_quality"
    week: str
    tier: str | None
    platform: str | None
    account_id: str
    account_name: str | None
    is_giveaway: bool | None
    gained: int | None
    usual_lost: int | None
    lost_after: int | None
    stay_rate: float | None
    stay_missing: str | None


@dataclass(frozen=True)
class PostingTime:
    """How much more posts of one weekday and hour are read; None: of all of them."""

    table: ClassVar[str] = "posting_times"
    weekday: int | None
    hour_from: int | None
    posts: int
    effect: float | None
    effect_low: float | None
    effect_high: float | None
    small: bool | None


@dataclass(frozen=True)
class Work:
    """A work that more than one post carries."""

    table: ClassVar[str] = "works"
    work_id: str
    title: str | None
    first_published_on: date | None
    posts: int
    platforms: int
    accounts: int
    forms: int
    reads: int | None
    engagement: int | None
