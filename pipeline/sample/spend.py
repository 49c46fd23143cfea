"""What the sample's bank paid for its accounts and campaigns.

Spend is drawn from the customers it won, turned around: of what an account pays in a week, ever
less comes back the more it is. A giveaway cost most and won fewest.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pipeline.sample import story
from pipeline.sample.arrays import Ints, stream
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.timeline import DAY, WEEK, Timeline

FREE = ("bank_app", "branch_queue", "wecom")  # nothing is paid to anybody else
FIRST_CUSTOMER = 90.0  # yuan of a week in which one is won
DEARER = 1.6  # power by which more of them cost more
NOISE = 0.15
CONTENT = 600  # yuan a week for those who write and film
PRIZES = 80_000  # yuan


@dataclass(frozen=True)
class Payment:
    """One amount, in yuan cents."""

    day: date
    account_id: str
    campaign_id: str | None
    purpose: str
    cents: int


@dataclass(frozen=True)
class Campaign:
    """A campaign on all codes of some accounts; weeks are counted back from the end."""

    campaign_id: str
    name: str
    accounts: tuple[str, ...]
    first_week: int
    weeks: int

    def starts_on(self, timeline: Timeline) -> date:
        """Return its first day."""
        return timeline.end - (self.first_week + 1) * WEEK

    def ends_on(self, timeline: Timeline) -> date:
        """Return its last day."""
        return self.starts_on(timeline) + self.weeks * WEEK - DAY


CAMPAIGNS = (
    Campaign("CMP-2026-01", "开学季办卡", ("cards-xhs", "cards-mini"), 11, 4),
    Campaign("CMP-2026-02", "财富公开课", ("wealth-mp", "wealth-zhihu"), 10, 5),
    Campaign("CMP-2026-03", "粉丝节抽奖", (story.GIVEAWAY_ACCOUNT,), story.GIVEAWAY_WEEK, 1),
)


def payments(audiences: list[Audience], timeline: Timeline, won: Ints, seed: int) -> list[Payment]:
    """Return what was paid, in order of time; `won` are the new customers [account, week]."""
    found = []
    for audience, by_week in zip(audiences, won, strict=True):
        account = audience.account
        if account.platform in FREE:
            continue
        noise = stream(seed, "spend", account.account_id).lognormal(0, NOISE, timeline.weeks)
        ads = np.round(FIRST_CUSTOMER * 100 * (by_week + 0.5) ** DEARER * noise).astype(np.int64)
        for week, cents in enumerate(ads.tolist()):
            monday = timeline.start + week * WEEK
            campaign = _campaign_of(account.account_id, monday, timeline)
            found.append(Payment(monday, account.account_id, campaign, "ads", cents))
            found.append(Payment(monday, account.account_id, None, "content", CONTENT * 100))
            if account.account_id == story.GIVEAWAY_ACCOUNT and campaign:
                prizes = Payment(monday, account.account_id, campaign, "giveaway", PRIZES * 100)
                found.append(prizes)
    return sorted(found, key=lambda payment: payment.day)


def campaign_codes(audience: Audience, campaign: Campaign, timeline: Timeline) -> list[str]:
    """Return the account's codes that were out before the campaign was over."""
    last = campaign.ends_on(timeline) + timedelta(days=1)
    return [
        link.source_code
        for link in audience.links
        if link.post is None or link.post.published_at.date() < last
    ]


def _campaign_of(account_id: str, day: date, timeline: Timeline) -> str | None:
    for campaign in CAMPAIGNS:
        first, last = campaign.starts_on(timeline), campaign.ends_on(timeline)
        if account_id in campaign.accounts and first <= day <= last:
            return campaign.campaign_id
    return None
