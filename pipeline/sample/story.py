"""The story a reader can find on the page, and the shares everything else is drawn with.

Weeks are counted back from the last one: 0 is the last week, 4 the giveaway week.
"""

from dataclasses import dataclass

# A giveaway at head office: followers come for the prize and leave again; few become customers.
GIVEAWAY_ACCOUNT = "hq-xhs"
GIVEAWAY_WEEK = 4
GIVEAWAY_READS = 2.2
GIVEAWAY_FOLLOWS = 1.9  # a read; with the reads, follows come to six times an ordinary week
GIVEAWAY_POST = 2.5  # reads of the post that announces it, against the account's usual
GIVEAWAY_ARRIVALS = 1.6
GIVEAWAY_BECOMING = 0.22  # share of the usual rate of new customers
GIVEAWAY_CANCELLED = {3: 0.34, 2: 0.24, 1: 0.14}  # of the giveaway's follows, in the weeks after

# A branch whose landing page broke: clicks rise, arrivals do not.
FAULT_UNIT = "branch-linjiang"
FAULT_CLICKS = {3: 1.6, 2: 2.3, 1: 3.1, 0: 4.2}
FAULT_ARRIVALS = {3: 0.95, 2: 0.9, 1: 0.8, 0: 0.75}

# The last week: the card line's shopping-festival push, against the week before.
PUSH_UNIT = "cards"
PUSH_WEEK = 0
PUSH_READS = 1.6
PUSH_CLICKS = 1.35  # on top of the reads
PUSH_ARRIVALS = 1.45

GROWTH_A_WEEK = 0.015  # the programme grows slowly over the weeks

# Persons
BEFORE_PROGRAMME = 0.47  # of all customers: already customers when the history begins
JOINED_BEFORE = 0.05  # of all customers: arrive during the history, before the programme
UNCODED_ARRIVALS = 0.25  # of first arrivals of the programme: no source code
CUSTOMERS_VISIT = 0.34  # of the customers before: arrive with a code once
CUSTOMERS_VISIT_UNCODED = 0.10  # and without one
SECOND_VISIT = 0.15  # of coded arrivals: again through another account
KNOWN_CLICK = 0.75  # of coded arrivals: the click names the customer
CLICKS_LATER = 0.9  # further known clicks of a coded person, on average
LOGS_IN = 0.84  # of new customers
UNCODED_BECOMES = 0.48
UNCODED_REACHES = 0.45
UNCODED_SUBSCRIBES = 0.26
CANCELS = 0.08  # of subscriptions: withdrawn in the cooling-off time

CLAW_BACKS = 3  # posts per account that lose some reads again
HOME_SHARE = 0.28  # of clicks: through the home page or menu, not a post


@dataclass(frozen=True)
class Traits:
    """What one account is like in an ordinary week."""

    followers: int  # at the first export
    posts: float  # a week
    reads: int  # of a post over its life; without posts, of the account in a week
    clicks: float  # anonymous clicks per read
    arrivals: float  # share of the coded arrivals, relative to the other accounts
    becomes: float  # of arrivals that are no customers yet
    reaches: float  # of new customers who opened an account: a balance of 1,000 yuan
    subscribes: float  # of those
    deposit: int  # median first deposit, yuan


def reads_factor(account_id: str, unit_id: str, week: int) -> float:
    """Return reads of a week as a multiple of an ordinary one."""
    if (account_id, week) == (GIVEAWAY_ACCOUNT, GIVEAWAY_WEEK):
        return GIVEAWAY_READS
    return PUSH_READS if (unit_id, week) == (PUSH_UNIT, PUSH_WEEK) else 1.0


def clicks_factor(unit_id: str, week: int) -> float:
    """Return clicks per read as a multiple of the usual."""
    if (unit_id, week) == (PUSH_UNIT, PUSH_WEEK):
        return PUSH_CLICKS
    return FAULT_CLICKS.get(week, 1.0) if unit_id == FAULT_UNIT else 1.0


def arrivals_factor(account_id: str, unit_id: str, week: int) -> float:
    """Return coded arrivals of a week as a multiple of an ordinary one."""
    if (account_id, week) == (GIVEAWAY_ACCOUNT, GIVEAWAY_WEEK):
        return GIVEAWAY_ARRIVALS
    if (unit_id, week) == (PUSH_UNIT, PUSH_WEEK):
        return PUSH_ARRIVALS
    return FAULT_ARRIVALS.get(week, 1.0) if unit_id == FAULT_UNIT else 1.0


def follows_factor(account_id: str, week: int) -> float:
    """Return follows per read as a multiple of the usual."""
    return GIVEAWAY_FOLLOWS if (account_id, week) == (GIVEAWAY_ACCOUNT, GIVEAWAY_WEEK) else 1.0


def becoming_factor(account_id: str, week: int) -> float:
    """Return the rate of new customers among arrivals as a multiple of the account's usual one."""
    return GIVEAWAY_BECOMING if (account_id, week) == (GIVEAWAY_ACCOUNT, GIVEAWAY_WEEK) else 1.0


def growth(week: int) -> float:
    """Return the programme's size in a week; 1 in the last."""
    return float((1 + GROWTH_A_WEEK) ** -week)
