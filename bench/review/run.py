"""Review posts like those of the tests; print the CPU microseconds each took, as JSON."""

import csv
import datetime as dt
import json
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from pipeline.review import Draft, audit, read_rules

DAY = dt.date(2026, 11, 26)
WARM = 200
POSTS = Path(__file__).parents[2] / "tests" / "review" / "posts.csv"


def posts(characters: int) -> Iterator[Draft]:
    """Give the labelled posts over and over, each made as long with the bodies of clean ones."""
    with POSTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    clean = cycle([row["body"] for row in rows if not row["violations"]])
    for row in cycle(rows):
        body = row["body"]
        while len(row["title"]) + len(body) < characters:
            body += next(clean)
        yield Draft(row["post_id"], row["title"], body)


def main(count: int, characters: int) -> None:
    """Load rules and warm up, then measure."""
    rules = read_rules()
    reviewed = audit(list(islice(posts(characters), WARM + count)), DAY, rules)
    for _ in range(WARM):
        next(reviewed)
    began = time.process_time()
    for _ in reviewed:
        pass
    print(json.dumps({"microseconds": (time.process_time() - began) / count * 1e6}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
