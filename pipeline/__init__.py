"""Follower funnel: from the exports of a bank's social accounts to active customers."""

__version__ = "0.1.0"
