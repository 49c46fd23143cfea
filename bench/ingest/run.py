"""One run of ingest over a workspace. Prints CPU seconds, GiB and rows."""

import json
import sys
from pathlib import Path

import pandas  # noqa: F401  Arrow imports it with its first array: start-up, not ingest

from bench.figures import cpu_seconds, gib
from pipeline import ingest
from pipeline.settings import Settings


def main(home: Path) -> None:
    """Ingest what lies in the inbox of the home folder."""
    before = cpu_seconds()
    report = ingest.run(Settings(home=home, token_key="only for the benchmark"))
    rows = report.rows
    figures = {"cpu": cpu_seconds() - before, "gib": gib(), "landed": rows.landed}
    print(json.dumps(figures | {"repeated": rows.repeated, "refused": rows.refused}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
