"""Write the whole sample: platforms' exports, the bank's files, and the settings to run it with."""

import shutil
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.errors import ConfigurationError
from pipeline.sample import mishaps
from pipeline.sample.accounts import accounts as bank_accounts
from pipeline.sample.exports.bank_accounts import write_accounts
from pipeline.sample.exports.bank_balances import BalanceDeliveries
from pipeline.sample.exports.bank_channel_days import write_channel_days
from pipeline.sample.exports.bank_comments import write_comments
from pipeline.sample.exports.bank_consents import ConsentDelivery
from pipeline.sample.exports.bank_events import EventDeliveries
from pipeline.sample.exports.bank_experiments import AssignmentDelivery, write_plans
from pipeline.sample.exports.bank_follower_counts import write_follower_counts
from pipeline.sample.exports.bank_links import write_links
from pipeline.sample.exports.bank_merchants import write_merchants
from pipeline.sample.exports.bank_other_events import OtherEvents
from pipeline.sample.exports.bank_reviews import write_reviews
from pipeline.sample.exports.bank_spend import write_campaigns, write_spend
from pipeline.sample.exports.by_platform import write_exports
from pipeline.sample.exports.stray_document import write_document
from pipeline.sample.people.eventlog import EventLog
from pipeline.sample.people.portion import portion
from pipeline.sample.people.programme import programme
from pipeline.sample.people.strangers import record_strangers
from pipeline.sample.platforms.audience import Audience, audience
from pipeline.sample.timeline import Timeline, epoch

PORTION = 10_000  # people drawn at a time: memory stays the same however many there are
KEY = "UNSAFE-sample.key"


@dataclass(frozen=True)
class SampleReport:
    """What was written: number of files and their bytes."""

    files: int
    bytes: int


def write(
    target: Path,
    *,
    accounts: int = 24,
    weeks: int = 13,
    customers: int = 6000,
    seed: int = 20261116,
    end: date = date(2026, 11, 16),
) -> SampleReport:
    """Write a fictional bank's deliveries below `target`: same arguments, same bytes.

    `target/inbox` is replaced; beside it come funnel.toml, the sample's key, catalogue and README.
    `end` is the Monday of the last export. Raises ConfigurationError when `end` is no Monday,
    when the inbox there is not an earlier sample's, or when xlwt (the .xls files) is missing.
    """
    timeline = Timeline(weeks, end)
    inbox = _emptied(target) / "inbox"
    audiences = [audience(one, timeline, seed) for one in bank_accounts(accounts, seed)]
    for one in audiences:
        _write_exports(inbox, one)
    _write_registers(inbox, audiences, timeline)
    write_merchants(inbox, timeline, seed)
    write_comments(inbox, audiences, timeline, seed)
    write_reviews(inbox, audiences, timeline, seed)
    _write_people(inbox, audiences, timeline, customers, seed)
    _write_settings(target, timeline)
    written = [path for path in target.rglob("*") if path.is_file()]
    return SampleReport(len(written), sum(path.stat().st_size for path in written))


def _emptied(target: Path) -> Path:
    """Remove an earlier sample's inbox; refuse a folder whose inbox is somebody's own."""
    inbox = target / "inbox"
    if inbox.exists():
        if not (target / KEY).exists():
            raise ConfigurationError(
                f"{inbox} 已存在且不是样例，请用 --into 另指一个文件夹 · exists and is no sample's"
            )
        shutil.rmtree(inbox)
    return target


def _write_exports(inbox: Path, one: Audience) -> None:
    write_exports(inbox, one)
    for day in one.timeline.exports:
        if mishaps.happens(mishaps.UNKNOWN_FILE, one.account, day, one.timeline):
            write_document(inbox, one.account, day)


def _write_registers(inbox: Path, audiences: list[Audience], timeline: Timeline) -> None:
    found = [one.account for one in audiences]
    for day in timeline.deliveries:
        write_follower_counts(inbox, audiences, timeline, day)
        write_channel_days(inbox, audiences, timeline, day)
    for day in (timeline.start, timeline.end):
        write_accounts(inbox, found, timeline, day)
        write_links(inbox, audiences, timeline, day)
    write_plans(inbox, timeline)
    write_campaigns(inbox, audiences, timeline)


def _write_people(
    inbox: Path, audiences: list[Audience], timeline: Timeline, customers: int, seed: int
) -> None:
    plan = programme(timeline, audiences)
    events, others = EventDeliveries(inbox, timeline), OtherEvents(inbox, timeline)
    balances = BalanceDeliveries(inbox, timeline)
    consents = ConsentDelivery(inbox, timeline)
    assignments = AssignmentDelivery(inbox, timeline)
    strangers = EventLog(epoch(timeline.end))
    won = np.zeros((len(audiences), timeline.weeks), dtype=np.int64)
    for one in audiences:
        record_strangers(strangers, one, seed)
    for first in range(0, customers, PORTION):
        drawn = portion(plan, seed, first, min(PORTION, customers - first))
        found = [drawn.events] if first else [drawn.events, strangers.frame()]
        events.append(pd.concat(found).sort_values("at", kind="stable"), first + 1)
        others.append(drawn.other_events, first + 1)
        balances.append(drawn.balances, first + 1)
        consents.append(drawn.consents, first + 1)
        assignments.append(drawn.assignments, first + 1)
        won += drawn.won
    for delivery in (events, others, balances, consents, assignments):
        delivery.close()
    write_spend(inbox, audiences, timeline, won, seed)


def _write_settings(target: Path, timeline: Timeline) -> None:
    settings = (
        "# The sample's settings: funnel nightly --config data/sample/funnel.toml\n"
        'bank_name = "江屿银行（虚构）"\n'
        'inbox = "inbox"\n'
        f'token_key_file = "{KEY}"\n'
        'catalogue = "catalogue.toml"\n'
        f"as_of = {timeline.end.isoformat()}\n"
        "\n# What a bank has to choose itself: what things are worth to it, and whether merchants\n"
        "# are watched, under which of their consents.\n"
        "[parameters]\n"
        "return_per_10k_aum_month = 5\n"
        "return_per_10k_subscribed = 40\n"
        "return_per_application = 30\n"
        'merchant_purpose = "post_loan_care"\n'
    )
    (target / "funnel.toml").write_bytes(settings.encode())
    for name in (KEY, "README.md", "catalogue.toml"):
        (target / name).write_bytes(files(__package__).joinpath("static", name).read_bytes())
