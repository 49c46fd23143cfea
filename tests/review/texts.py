"""The labelled texts the reviewer is judged by, and how the scores are counted.

posts.csv, comments.csv: written for this test; `round` says in which round, each written before the
rules had seen it (docs/REVIEW.md has the scores of that moment). example_*.csv: a bank's
labelled examples. All banks and products are invented.
"""

import csv
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
CODES = {"promise_return", "exaggeration", "missing_risk", "absolute_terms"}


def rows(name: str) -> list[dict[str, str]]:
    """Give the rows of one of the files here."""
    with (HERE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def text_of(row: dict[str, str]) -> str:
    return f"{row['title']}\n{row['body']}"


def f1(pairs: Iterable[tuple[bool, bool]]) -> float:
    """Score wanted against found."""
    right = wrong = 0
    for wanted, found in pairs:
        right += wanted and found
        wrong += wanted != found
    return 2 * right / (2 * right + wrong)


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """Give the mean F1 over the labels that are wanted."""
    labels = sorted({wanted for wanted, _ in pairs})
    each = (f1((wanted == label, found == label) for wanted, found in pairs) for label in labels)
    return sum(each) / len(labels)
