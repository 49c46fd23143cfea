"""spend.csv and campaigns.csv: what was paid, and for which campaign."""

from pathlib import Path

from pipeline.sample.arrays import Ints
from pipeline.sample.exports.bank_files import bank_folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.spend import CAMPAIGNS, campaign_codes, payments
from pipeline.sample.timeline import Timeline
from pipeline.sample.writers.delimited import BOM, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell

HEADER = ("spend_id", "spent_on", "account_id", "campaign_id", "purpose", "amount_yuan")
CAMPAIGN_HEADER = ("campaign_id", "campaign_name", "source_code", "starts_on", "ends_on")


def write_spend(
    inbox: Path, audiences: list[Audience], timeline: Timeline, won: Ints, seed: int
) -> None:
    """Write all of it into the last delivery; `won` are the new customers [account, week]."""
    rows: list[list[Cell]] = [
        [
            f"SP{number + 1:06d}", paid.day.isoformat(), paid.account_id, paid.campaign_id,
            paid.purpose, f"{paid.cents / 100:.2f}",
        ]
        for number, paid in enumerate(payments(audiences, timeline, won, seed))
    ]  # fmt: skip
    write_csv(bank_folder(inbox, timeline.end) / "spend.csv", HEADER, rows, Dialect(BOM))


def write_campaigns(inbox: Path, audiences: list[Audience], timeline: Timeline) -> None:
    """Write the register of campaigns: all codes of their accounts."""
    rows: list[list[Cell]] = [
        [
            campaign.campaign_id, campaign.name, code,
            campaign.starts_on(timeline).isoformat(), campaign.ends_on(timeline).isoformat(),
        ]
        for campaign in CAMPAIGNS
        for one in audiences
        if one.account.account_id in campaign.accounts
        for code in campaign_codes(one, campaign, timeline)
    ]  # fmt: skip
    path = bank_folder(inbox, timeline.end) / "campaigns.csv"
    write_csv(path, CAMPAIGN_HEADER, rows, Dialect(BOM))
