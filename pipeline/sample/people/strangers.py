"""Clicks that name nobody: the audience of an account tapping its links."""

import numpy as np

from pipeline.sample import story
from pipeline.sample.arrays import stream
from pipeline.sample.people.eventlog import ANONYMOUS, EventLog
from pipeline.sample.people.instants import SECONDS, second_of_day
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.platforms.codes import code_choice
from pipeline.sample.timeline import epoch


def record_strangers(log: EventLog, audience: Audience, seed: int) -> None:
    """Add the anonymous clicks of one account's programme days, in proportion to its reads."""
    account, timeline = audience.account, audience.timeline
    chance = stream(seed, "strangers", account.account_id)
    days = np.arange(audience.day(timeline.start), timeline.post_days)
    factor = [
        story.clicks_factor(account.unit_id, timeline.week_of_post_day(int(day))) for day in days
    ]
    mean = audience.by_day["reads"][days] * account.traits.clicks * np.array(factor)
    day = np.repeat(days, chance.poisson(mean))
    choice = code_choice(audience)
    chosen = choice.draw(chance, day)
    log.add(
        "click",
        np.full(len(day), ANONYMOUS),
        epoch(timeline.first_post_day) + day * SECONDS + second_of_day(chance, len(day)),
        source_code=choice.codes[chosen],
        product_line=choice.product_lines[chosen],
    )
