"""Which of an account's source codes is used on a day: posts by their reads, and standing ones."""

from dataclasses import dataclass

import numpy as np

from pipeline.sample import story
from pipeline.sample.arrays import Floats, Ints, Words
from pipeline.sample.platforms.audience import Audience


@dataclass(frozen=True)
class CodeChoice:
    """The codes of one account with their cumulative chances, [day, code]."""

    codes: Words
    product_lines: Words
    cumulative: Floats

    def draw(self, chance: np.random.Generator, days: Ints) -> Ints:
        """Return the index of a code for each day."""
        drawn = chance.random(len(days))
        chosen: Ints = (drawn[:, None] >= self.cumulative[days]).sum(axis=1)
        return np.minimum(chosen, len(self.codes) - 1)


def code_choice(audience: Audience) -> CodeChoice:
    """Return how clicks on a day spread over the account's codes."""
    standing = sum(link.post is None for link in audience.links)
    coded = [link.post.number for link in audience.links if link.post is not None]
    reads = np.clip(audience.by_post["reads"][coded], 0, None).T.astype(float)
    total = reads.sum(axis=1, keepdims=True)
    by_post = np.divide(
        reads * (1 - story.HOME_SHARE), total, out=np.zeros_like(reads), where=total > 0
    )
    rest = (1 - by_post.sum(axis=1, keepdims=True)) / standing
    chances = np.hstack([np.repeat(rest, standing, axis=1), by_post])
    return CodeChoice(
        np.array([link.source_code for link in audience.links], dtype=object),
        np.array([link.product_line for link in audience.links], dtype=object),
        np.cumsum(chances, axis=1),
    )
