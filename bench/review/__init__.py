"""How fast texts are reviewed and labelled, on one core."""

from collections.abc import Iterator

from bench.figures import Asked, Figure, child, middle

POSTS = 5_000
LENGTHS = {"as they are (35 characters)": 0, "made 150 characters long": 150}
GOAL = 1e6 / 5_000
"""Microseconds a post: 5,000 posts a second."""


def measure(asked: Asked) -> Iterator[Figure]:
    """Measure the rules, labels included, in a process of its own; their loading is not in it."""
    for said, characters in LENGTHS.items():
        runs = [child("bench.review.run", POSTS, characters) for _ in range(asked.runs)]
        name = f"review and label a post, {said}"
        yield Figure(name, middle(runs, "microseconds"), None, GOAL, "µs CPU")
